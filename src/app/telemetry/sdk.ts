import { context, diag, DiagLogLevel, metrics, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader, type IMetricReader } from '@opentelemetry/sdk-metrics';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type { TelemetryConfig } from '../../config/telemetry.config.js';
import { LineBudget } from '../../telemetry/index.js';
import type { Version } from '../version.js';
import { serveMetrics } from './metrics-server.js';
import type { TelemetrySdk } from './start-telemetry.js';

const SHUTDOWN_MS = 3000;

const silent = (): void => undefined;

/** OpenTelemetry's SDK as the configuration wants it: metrics for Prometheus and for a collector, traces for a collector. */
export async function startSdk(config: TelemetryConfig, { version }: Version): Promise<TelemetrySdk> {
  const resource = resourceFromAttributes({
    'service.name': config.serviceName,
    'service.version': version,
  });
  const readers: IMetricReader[] = [];
  const ends: (() => Promise<void>)[] = [];
  let metricsPort: number | undefined;
  if (config.metricsPort !== undefined) {
    const exporter = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true });
    const server = await serveMetrics(
      { port: config.metricsPort, host: config.metricsListenHost },
      (request, response) => exporter.getMetricsRequestHandler(request, response),
    );
    readers.push(exporter);
    ends.push(() => server.close());
    metricsPort = server.port;
  }
  const collector = collectorOf(config);
  if (collector !== undefined) {
    const exporter = new OTLPMetricExporter(collector('metrics'));
    readers.push(new PeriodicExportingMetricReader({ exporter }));
  }
  const meterProvider = new MeterProvider({ resource, readers });
  // spans that nobody gets are not made
  const tracerProvider =
    collector === undefined
      ? undefined
      : new TracerProvider({
          resource,
          sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(config.traceRatio) }),
          spanProcessors: [
            new BatchSpanProcessor({
              exporter: new OTLPTraceExporter(collector('traces')),
              scheduledDelayMillis: config.traceDelayMs,
            }),
          ],
        });
  register(meterProvider, tracerProvider);
  return {
    meterProvider,
    ...(tracerProvider && { tracerProvider }),
    metricsPort,
    async shutdown() {
      const flushed = Promise.allSettled([tracerProvider?.shutdown(), meterProvider.shutdown()]);
      const late = new Promise((resolve) => setTimeout(resolve, SHUTDOWN_MS).unref());
      await Promise.race([flushed, late]);
      await Promise.all(ends.map((end) => end()));
      for (const api of [metrics, trace, propagation, context, diag]) api.disable();
    },
  };
}

function collectorOf({ otlpEndpoint, otlpHeaders }: TelemetryConfig) {
  if (otlpEndpoint === undefined) return undefined;
  const headers = Object.fromEntries(
    otlpHeaders.map((header) => {
      const at = header.indexOf('=');
      return [header.slice(0, at), header.slice(at + 1)];
    }),
  );
  const base = otlpEndpoint.replace(/\/$/, '');
  return (kind: 'metrics' | 'traces') => ({ url: `${base}/v1/${kind}`, headers });
}

/** For what tools and other libraries trace and count by themselves, and for the context that spans are made in. */
function register(meterProvider: MeterProvider, tracerProvider: TracerProvider | undefined): void {
  const logger = new ChatKitLogger('Telemetry');
  const budget = new LineBudget({ now: () => Date.now() });
  // what it says may quote addresses and headers
  const note = (): void => {
    const line = budget.take('sdk');
    if (line !== undefined) logger.warn('telemetry was not exported, or is set up wrongly', line);
  };
  const diagnostics = { error: note, warn: note, info: silent, debug: silent, verbose: silent };
  diag.setLogger(diagnostics, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  metrics.setGlobalMeterProvider(meterProvider);
  if (tracerProvider === undefined) return;
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(tracerProvider);
}
