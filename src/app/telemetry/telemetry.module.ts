import { Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { TelemetryConfig } from '../../config/telemetry.config.js';
import { ChatKitTelemetryModule } from '../../telemetry/index.js';
import type { TelemetrySdk } from './start-telemetry.js';

class Lifecycle implements OnApplicationShutdown {
  constructor(readonly sdk: TelemetrySdk) {}

  async onApplicationShutdown(): Promise<void> {
    await this.sdk.shutdown();
  }
}

/** Observes the server, and ends the SDK when it has stopped. */
@Module({})
export class TelemetryModule {
  static register(config: TelemetryConfig, sdk: TelemetrySdk | undefined): DynamicModule {
    const { tenantNaming, slowStatementMs } = config;
    const { meterProvider, tracerProvider } = sdk ?? {};
    return {
      module: TelemetryModule,
      imports: [
        ChatKitTelemetryModule.forRoot({
          tenantNaming,
          slowStatementMs,
          ...(meterProvider && { meterProvider }),
          ...(tracerProvider && { tracerProvider }),
        }),
      ],
      providers: sdk === undefined ? [] : [{ provide: Lifecycle, useValue: new Lifecycle(sdk) }],
    };
  }
}
