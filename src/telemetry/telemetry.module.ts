import {
  Inject,
  Module,
  Optional,
  RequestMethod,
  type DynamicModule,
  type FactoryProvider,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import {
  metrics,
  trace,
  type Meter,
  type MeterProvider,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';
import { CHATKIT_AVAILABILITY, type ChatAvailability } from '../common/availability.js';
import { systemClock, type Clock } from '../common/clock.js';
import { CHATKIT_OBSERVER, type ChatKitObserver } from '../common/observer/observer.port.js';
import { CHATKIT_SIGNALS, type Signals } from '../common/signals/signals.port.js';
import { HttpObservation } from './http-observation.middleware.js';
import { RequestLog } from './log/request-log.js';
import { observeGauges } from './metrics/gauges.js';
import { MetricsObserver } from './metrics/metrics-observer.js';
import { METER, TRACER } from './telemetry.tokens.js';
import type { TenantNaming } from './traces/tenant-naming.js';
import { TraceObserver } from './traces/trace-observer.js';

/** What `ChatKitTelemetryModule.forRoot()` takes. */
export interface ChatKitTelemetryModuleOptions {
  /** How traces name tenants and users. Default `hashed`: by the beginning of a digest. */
  readonly tenantNaming?: TenantNaming;
  /** Milliseconds from which a round trip to the database is logged; 0 is never. Default 1000. */
  readonly slowStatementMs?: number;
  /** Paths whose requests are observed, as Express writes them. Default: all. */
  readonly paths?: readonly string[];
  /** Default: that of the SDK which the host has registered with `@opentelemetry/api`. */
  readonly meterProvider?: MeterProvider;
  /** Default: that of the SDK which the host has registered with `@opentelemetry/api`. */
  readonly tracerProvider?: TracerProvider;
  /** Bounds how many lines are logged in a second. Default: the machine's clock. */
  readonly clock?: Pick<Clock, 'now'>;
}

const SCOPE = 'nestjs-chatkit';
const PATHS = Symbol('chatkit:telemetry-paths');

/**
 * A log line, a span and measures for each request, and for what it causes: model calls, tools, statements. Speaks
 * `@opentelemetry/api`: an SDK that the host has registered before gets all of it, without one it costs next to nothing.
 * Metrics name no tenant, user or thread. Imported once.
 */
@Module({})
export class ChatKitTelemetryModule implements NestModule {
  constructor(
    @Inject(PATHS) private readonly paths: readonly string[],
    @Inject(METER) meter: Meter,
    @Optional() @Inject(CHATKIT_AVAILABILITY) availability?: ChatAvailability,
    @Optional() @Inject(CHATKIT_SIGNALS) signals?: Signals,
  ) {
    observeGauges(meter, { availability, signals });
  }

  /** Imported once, after whatever registers the SDK. */
  static forRoot({
    tenantNaming = 'hashed',
    slowStatementMs = 1000,
    paths = ['{*path}'],
    meterProvider = metrics,
    tracerProvider = trace,
    clock = systemClock,
  }: ChatKitTelemetryModuleOptions = {}): DynamicModule {
    return {
      module: ChatKitTelemetryModule,
      imports: [
        ObservingModule.with({
          provide: RequestLog,
          useFactory: () => new RequestLog(slowStatementMs, clock),
        }),
        ObservingModule.with({
          provide: MetricsObserver,
          useFactory: () => new MetricsObserver(meterProvider.getMeter(SCOPE)),
        }),
        ObservingModule.with({
          provide: TraceObserver,
          useFactory: () => new TraceObserver(tracerProvider.getTracer(SCOPE), tenantNaming),
        }),
      ],
      providers: [
        { provide: PATHS, useValue: paths },
        { provide: METER, useFactory: (): Meter => meterProvider.getMeter(SCOPE) },
        { provide: TRACER, useFactory: (): Tracer => tracerProvider.getTracer(SCOPE) },
        HttpObservation,
      ],
    };
  }

  /** Stands before every guard of the paths that are observed. */
  configure(consumer: MiddlewareConsumer): void {
    const routes = this.paths.map((path) => ({ path, method: RequestMethod.ALL }));
    consumer.apply(HttpObservation).forRoutes(...routes);
  }
}

/** An observer in a module of its own, since a module has one provider for a token. */
@Module({})
class ObservingModule {
  static with(observer: FactoryProvider<ChatKitObserver>): DynamicModule {
    return {
      module: ObservingModule,
      providers: [observer, { provide: CHATKIT_OBSERVER, useExisting: observer.provide }],
      exports: [observer.provide],
    };
  }
}
