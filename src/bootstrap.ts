import type { Server } from 'node:http';
import { Logger, type LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule, type AppOverrides } from './app.module.js';
import { JsonExceptionFilter } from './chatkit/index.js';
import { addExampleDocuments } from './example-documents.js';
import { asStartError } from './start-error.js';
import { StartLogger } from './start-logger.js';
import { readAppConfig, type AppConfig } from './config/app.config.js';

const KEEP_ALIVE_MS = 65_000;
const HEADERS_TIMEOUT_MS = 20_000;
/** For receiving a request; an answer may take as long as it needs. */
const REQUEST_TIMEOUT_MS = 60_000;

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
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(config, overrides), {
    // the endpoint reads its own bodies, with limits of its own
    bodyParser: false,
    abortOnError: false,
    // running answers are drained first; what is still open then says nothing
    forceCloseConnections: true,
    logger:
      logger ??
      new StartLogger({ json: config.http.production, logLevels: ['fatal', 'error', 'warn', 'log'] }),
  });
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', config.http.trustProxy || false);
  app.useGlobalFilters(new JsonExceptionFilter());
  app.enableShutdownHooks();
  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = Math.max(REQUEST_TIMEOUT_MS, config.attachments.uploadTimeoutMs);
  return app;
}

/**
 * Makes the application from an environment and listens on the configured port.
 *
 * @throws {ConfigError} naming every variable that is wrong
 * @throws {StartError} when the port cannot be had
 */
export async function startServer(env: NodeJS.ProcessEnv): Promise<NestExpressApplication> {
  const config = readAppConfig(env);
  const app = await createApp(config);
  await listen(app, config.http.port);
  const { apiKey, model } = config.agents;
  const answering =
    apiKey === undefined ? 'an offline model answers, since OPENAI_API_KEY is not set' : model;
  new Logger('Start').log(`Listening on ${config.auth.publicUrl} (${answering})`);
  if (!config.http.production && config.auth.embedded) void addExampleDocuments(app, config.auth.publicUrl);
  return app;
}

async function listen(app: NestExpressApplication, port: number): Promise<void> {
  try {
    await app.listen(port);
  } catch (error) {
    // the database may be starting already, and must not stay behind; why that fails is of less interest
    await app.close().catch(() => undefined);
    throw asStartError(error, port);
  }
}
