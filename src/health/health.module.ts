import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CHAT_AVAILABILITY, type ChatAvailability } from '../chatkit/availability.js';
import { provide, type ProviderSource } from '../chatkit/provider-source.js';
import { ChatKitIndicator } from './chatkit.indicator.js';
import { HealthController } from './health.controller.js';
import { MODEL_REPORTER, type ModelReporter } from './model-health.port.js';
import { ModelIndicator } from './model.indicator.js';

/** Whom the health routes ask. */
export interface HealthModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  /** Whether chat can be served. */
  readonly availability: ProviderSource<ChatAvailability>;
  /** What is known of the model. Without it nothing is told about one. */
  readonly model?: ProviderSource<ModelReporter>;
}

/** `/health`, `/health/live` and `/health/ready`. */
@Module({})
export class HealthModule {
  static register({ imports = [], availability, model }: HealthModuleOptions): DynamicModule {
    return {
      module: HealthModule,
      // whoever watches the database logs its changes; a line per probe would bury them
      imports: [TerminusModule.forRoot({ logger: false }), ...imports],
      controllers: [HealthController],
      providers: [
        provide(CHAT_AVAILABILITY, availability),
        ...(model === undefined ? [] : [provide(MODEL_REPORTER, model)]),
        ChatKitIndicator,
        ModelIndicator,
      ],
    };
  }
}
