import type { MeterProvider, TracerProvider } from '@opentelemetry/api';
import type { TelemetryConfig } from '../../config/telemetry.config.js';
import type { Version } from '../version.js';

/** An SDK that runs. */
export interface TelemetrySdk {
  readonly meterProvider: MeterProvider;
  /** Absent where no traces are exported. */
  readonly tracerProvider?: TracerProvider;
  /** Where `/metrics` is. */
  readonly metricsPort: number | undefined;
  /** Exports what is left, within a limit of time, and lets go of everything. */
  shutdown(): Promise<void>;
}

/** Starts what the configuration asks for; undefined, and nothing is loaded, when that is nothing. */
export async function startTelemetry(
  config: TelemetryConfig,
  version: Version,
): Promise<TelemetrySdk | undefined> {
  if (config.metricsPort === undefined && config.otlpEndpoint === undefined) return undefined;
  const { startSdk } = await import('./sdk.js');
  return startSdk(config, version);
}
