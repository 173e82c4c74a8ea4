import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { CHATKIT_AVAILABILITY, type ChatAvailability } from '../chatkit/availability.js';
import { provide, type ProviderSource } from '../chatkit/provider-source.js';
import { ATTACHMENTS_REPORTER, type AttachmentsReporter } from './attachments-health.port.js';
import { AttachmentsIndicator } from './attachments.indicator.js';
import { ChatKitIndicator } from './chatkit.indicator.js';
import { HealthController } from './health.controller.js';
import { MCP_REPORTER, type McpReporter } from './mcp-health.port.js';
import { McpIndicator } from './mcp.indicator.js';
import { MODEL_REPORTER, type ModelReporter } from './model-health.port.js';
import { ModelIndicator } from './model.indicator.js';
import { RETRIEVAL_REPORTER, type RetrievalReporter } from './retrieval-health.port.js';
import { RetrievalIndicator } from './retrieval.indicator.js';

/** Whom the health routes ask. */
export interface ChatKitHealthModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  /** Whether chat can be served. */
  readonly availability: ProviderSource<ChatAvailability>;
  /** What is known of the model. Without it nothing is told about one. */
  readonly model?: ProviderSource<ModelReporter>;
  /** What is known of the MCP servers. Without it nothing is told about any. */
  readonly mcp?: ProviderSource<McpReporter>;
  /** What is known of retrieval. Without it nothing is told about it. */
  readonly retrieval?: ProviderSource<RetrievalReporter>;
  /** What is known of the place attachments are kept in. Without it nothing is told about it. */
  readonly attachments?: ProviderSource<AttachmentsReporter> | undefined;
}

/** `/health`, `/health/live` and `/health/ready`. */
@Module({})
export class ChatKitHealthModule {
  static register({
    imports = [],
    availability,
    model,
    mcp,
    retrieval,
    attachments,
  }: ChatKitHealthModuleOptions): DynamicModule {
    return {
      module: ChatKitHealthModule,
      // whoever watches the database logs its changes; a line per probe would bury them
      imports: [TerminusModule.forRoot({ logger: false }), ...imports],
      controllers: [HealthController],
      providers: [
        provide(CHATKIT_AVAILABILITY, availability),
        ...(model === undefined ? [] : [provide(MODEL_REPORTER, model)]),
        ...(mcp === undefined ? [] : [provide(MCP_REPORTER, mcp)]),
        ...(retrieval === undefined ? [] : [provide(RETRIEVAL_REPORTER, retrieval)]),
        ...(attachments === undefined ? [] : [provide(ATTACHMENTS_REPORTER, attachments)]),
        ChatKitIndicator,
        ModelIndicator,
        McpIndicator,
        RetrievalIndicator,
        AttachmentsIndicator,
      ],
    };
  }
}
