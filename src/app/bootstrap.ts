import { join } from 'node:path';
import { Logger, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, BUILT_WEB, type AppOverrides } from './app.module.js';
import { ChatKitExceptionFilter } from '../chatkit/index.js';
import { addExampleDocuments } from './example-documents.js';
import { BoundedExpressAdapter } from './http-adapter.js';
import { securityHeaders } from './security-headers.js';
import { asStartError } from './start-error.js';
import { exportTraces } from './traces.js';
import { changeLevelBySignal } from './log-level.js';
import { levelsOf, StartLogger } from './start-logger.js';
import { startTelemetry } from './telemetry/start-telemetry.js';
import { ownVersion } from './version.js';
import { ChatKitLogger } from '../common/logging/chatkit-logger.js';
import { Observers } from '../common/observer/observers.js';
import type { AppConfig } from '../config/app.config.js';
import type { ServerConfig } from '../config/server.config.js';

/** Nest's own choice has SIGUSR2 as well, which changes the level of the log. */
const STOPPED_BY = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'];

/** What a test may change of the application. */
export interface CreateAppOptions extends AppOverrides {
  /** Where it logs; `false` is nowhere. Default: the console. */
  readonly logger?: LoggerService | false;
}

/** Makes the application from a validated configuration, without listening. */
export async function createApp(
  config: AppConfig,
  { logger, ...overrides }: CreateAppOptions = {},
): Promise<NestExpressApplication> {
  // for receiving a request; an answer may take as long as it needs
  const requestTimeoutMs = Math.max(config.http.requestTimeoutMs, config.attachments.uploadTimeoutMs);
  const adapter = new BoundedExpressAdapter(config.http, requestTimeoutMs);
  // before everything that answers
  adapter.use(securityHeaders(config));
  exportTraces(config.agents);
  const telemetry = await startTelemetry(config.telemetry, ownVersion(config.telemetry));
  const module = AppModule.register(config, { ...overrides, telemetry });
  const app = await NestFactory.create<NestExpressApplication>(module, adapter, {
    // routes read their own bodies, with limits of their own, once the sender is known
    bodyParser: false,
    abortOnError: false,
    logger:
      logger ??
      new StartLogger({ json: config.http.production, logLevels: levelsOf(config.telemetry.logLevel) }),
  });
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', config.http.trustProxy || false);
  app.useGlobalFilters(new ChatKitExceptionFilter(new ChatKitLogger(), app.get(Observers)));
  app.enableShutdownHooks(STOPPED_BY);
  if (config.apiDocs.enabled) await describeApi(app, config, overrides.webDirectory ?? BUILT_WEB);
  return app;
}

/** What describes routes is large: it is loaded where it is asked for. */
async function describeApi(
  app: NestExpressApplication,
  { auth, telemetry }: AppConfig,
  webDirectory: string,
): Promise<void> {
  const { serveApiDocs } = await import('./api-docs/serve-api-docs.js');
  const facts = { version: ownVersion(telemetry).version, publicUrl: auth.publicUrl };
  serveApiDocs(app, facts, join(webDirectory, 'api-docs'));
}

/**
 * Makes the application from a validated configuration and listens on the configured port.
 *
 * @throws {StartError} when the port cannot be had
 */
export async function startServer(config: AppConfig): Promise<NestExpressApplication> {
  const { logLevel } = config.telemetry;
  const logger = new StartLogger({ json: config.http.production, logLevels: levelsOf(logLevel) });
  const app = await createApp(config, { logger });
  changeLevelBySignal(logger, logLevel);
  await listen(app, config.http);
  const { apiKey, model } = config.agents;
  const answering =
    apiKey === undefined ? 'an offline model answers, since OPENAI_API_KEY is not set' : model;
  new Logger('Start').log(`Listening on ${config.auth.publicUrl} (${answering})`);
  if (!config.http.production && config.auth.embedded) void addExampleDocuments(app, config.auth.publicUrl);
  return app;
}

async function listen(app: NestExpressApplication, { port, listenHost }: ServerConfig): Promise<void> {
  try {
    await (listenHost === undefined ? app.listen(port) : app.listen(port, listenHost));
  } catch (error) {
    // the database may be starting already, and must not stay behind; why that fails is of less interest
    await app.close().catch(() => undefined);
    throw asStartError(error, port);
  }
}
