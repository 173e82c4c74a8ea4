import { IsIn, IsInt, IsNumber, IsOptional, IsUrl, Matches, Max, MaxLength, Min } from 'class-validator';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';

/** How much is logged: each level with those before it. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'log', 'debug'] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevelName = (typeof LOG_LEVELS)[number];

/** How a tenant is named in traces: not at all, by a digest of its id, or by the id. */
export type TenantNaming = 'off' | 'hashed' | 'plain';

const HTTP_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };
const LOOPBACK = '127.0.0.1';

/** What the server tells those who run it. */
export class TelemetryConfig extends RuntimeConfig {
  @Env('CHATKIT_LOG_LEVEL', {
    description:
      'What is logged: `fatal`, `error`, `warn`, `log` or `debug`, each with those before it. `SIGUSR2` changes to ' +
      '`debug` and back while the server runs.',
  })
  @IsIn(LOG_LEVELS)
  readonly logLevel: LogLevelName = 'log';

  @Env('CHATKIT_SLOW_STATEMENT_MS', {
    description:
      'Milliseconds from which a round trip to the database is logged with the names of its statements; 0 never.',
  })
  @IsInt()
  @Min(0)
  @Max(3_600_000)
  readonly slowStatementMs: number = 1000;

  @Env('CHATKIT_COMMIT', { description: 'Commit that the server was built from, which `/version` tells.' })
  @IsOptional()
  @Matches(/^[\w.-]{1,64}$/, { message: 'must be a commit: letters, digits, dots, hyphens, 64 at most' })
  readonly commit?: string;

  @Env('CHATKIT_METRICS_PORT', {
    description:
      'Port on which `/metrics` is served for Prometheus, open to anyone who reaches it. Without it there is none.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly metricsPort?: number;

  @Env('CHATKIT_METRICS_HOST', {
    description: 'Address that port listens on.',
    defaultText: '127.0.0.1, in production all',
  })
  @IsOptional()
  @Matches(/^[A-Za-z0-9._:%-]{1,253}$/, { message: 'must be an IP address or the name of this computer' })
  readonly metricsHost?: string;

  @Env('OTEL_EXPORTER_OTLP_ENDPOINT', {
    description:
      'Address of an OpenTelemetry collector that speaks OTLP over HTTP, e.g. `http://localhost:4318`: it gets traces and ' +
      'metrics. Without it nothing is exported.',
  })
  @IsOptional()
  @IsUrl(HTTP_URL)
  readonly otlpEndpoint?: string;

  @Env('OTEL_EXPORTER_OTLP_HEADERS', {
    description: 'Headers for the collector, as `name=value`, separated by commas.',
    secret: true,
  })
  @Matches(/^[\w-]{1,100}=[\x21-\x7e]{1,4000}$/, { each: true, message: 'must be headers as name=value' })
  readonly otlpHeaders: string[] = [];

  @Env('OTEL_BSP_SCHEDULE_DELAY', {
    description: 'Milliseconds after which the collector gets what has been traced since.',
  })
  @IsInt()
  @Min(10)
  @Max(60_000)
  readonly traceDelayMs: number = 5000;

  @Env('OTEL_SERVICE_NAME', { description: 'Name of the server in traces and metrics.' })
  @MaxLength(200)
  readonly serviceName: string = 'nestjs-chatkit';

  @Env('CHATKIT_TRACE_RATIO', {
    description:
      'Part of the requests that are traced, 0 to 1; those that come with a decision of their caller keep it.',
  })
  @IsNumber()
  @Min(0)
  @Max(1)
  readonly traceRatio: number = 1;

  @Env('CHATKIT_TELEMETRY_TENANT', {
    description:
      'How traces name the tenant: `off`, `hashed` (a digest of its id) or `plain`. Metrics never do.',
  })
  @IsIn(['off', 'hashed', 'plain'])
  readonly tenantNaming: TenantNaming = 'hashed';

  /** What the port of the metrics listens on; undefined is every address. */
  get metricsListenHost(): string | undefined {
    return this.metricsHost ?? (this.production ? undefined : LOOPBACK);
  }
}
