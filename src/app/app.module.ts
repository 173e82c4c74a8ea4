import { join, resolve } from 'node:path';
import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import type { Model } from '@openai/agents';
import { ChatKitAdminModule, TypeOrmFeedbackStore } from '../admin/index.js';
import { ChatKitAgentsModule, ModelHealth, CHATKIT_SERVER_OPTIONS, RespondService } from '../agents/index.js';
import { createTranscriber } from '../transcription/index.js';
import { ChatKitMcpModule, McpServers } from '../mcp/index.js';
import { RetrievalHealth } from '../retrieval/index.js';
import {
  AttachmentsHealth,
  ChatKitAttachmentsModule,
  BlobAttachmentStore,
  type FileScanner,
} from '../attachments/index.js';
import { ChatKitAuthModule, authOptionsFrom, type Directory, type RequestContext } from '../auth/index.js';
import { ChatKitModule, completeSettings, ChatKitLogger, type ProviderSource } from '../chatkit/index.js';
import type { ChatKitServerOptions, Transcriber } from '../chatkit/core/index.js';
import type { AppConfig } from '../config/app.config.js';
import { databaseAvailability } from '../store/availability/database-availability.js';
import { ChatKitDocumentsModule } from '../documents/index.js';
import { DemoModule } from '../demo/index.js';
import { ChatKitHealthModule } from '../health/index.js';
import { portalFeatures } from './portal-features.js';
import { PortalModule } from '../portal/portal.module.js';
import {
  ChatKitStoreModule,
  systemClock,
  TypeOrmAttachmentRecords,
  TypeOrmStore,
  type Clock,
} from '../store/index.js';
import { configuredVectors } from './configured-vectors.js';

/** What a test may put in place of the configured parts. */
export interface AppOverrides {
  readonly model?: Model;
  /** Folder of the built web parts. Default: where the build puts them, beside the compiled server. */
  readonly webDirectory?: string;
  /** Time for links to attachments and the removal of orphaned files. Default: the machine's. */
  readonly clock?: Clock;
  /** Who can sign in at the development provider. Default: the members of two example organisations. */
  readonly directory?: Directory;
  /** Looks at each uploaded file before it is kept. Default: none. */
  readonly scanner?: ProviderSource<FileScanner> | undefined;
}

const BUILT_WEB = resolve(import.meta.dirname, '../../web');

/** What RespondService is made with besides its own dependencies. */
function respondOptions(
  transcriber: Transcriber<RequestContext> | undefined,
): FactoryProvider<ChatKitServerOptions<RequestContext>> {
  return {
    provide: CHATKIT_SERVER_OPTIONS,
    inject: [TypeOrmFeedbackStore, { token: BlobAttachmentStore, optional: true }],
    useFactory: (feedbackStore: TypeOrmFeedbackStore, attachmentStore?: BlobAttachmentStore) => ({
      feedbackStore,
      logger: new ChatKitLogger(),
      ...(attachmentStore && { attachmentStore }),
      ...(transcriber && { transcriber }),
    }),
  };
}

/** Uploads and their storage, unless the configuration has no secret to sign their links with. */
function attachmentsModule(
  config: AppConfig,
  dataDir: string,
  { clock, scanner }: { readonly clock: Clock } & Pick<AppOverrides, 'scanner'>,
): DynamicModule[] {
  if (!config.attachments.enabled) return [];
  return [
    ChatKitAttachmentsModule.register({
      config: config.attachments,
      directory: resolve(config.attachments.directory ?? join(dataDir, 'attachments')),
      secretDirectory: config.attachments.production ? undefined : dataDir,
      publicUrl: config.attachments.url ?? config.auth.publicUrl,
      corsOrigins: config.http.corsOrigins,
      stallTimeoutMs: config.http.stallTimeoutMs,
      store: { useExisting: TypeOrmStore },
      records: { useExisting: TypeOrmAttachmentRecords },
      scanner,
      clock,
    }),
  ];
}

/** The server as it is shipped: identity, store, agent, endpoint, health and the demonstration portal. */
@Module({})
export class AppModule {
  static register(
    config: AppConfig,
    { model, webDirectory = BUILT_WEB, clock = systemClock, directory, scanner }: AppOverrides = {},
  ): DynamicModule {
    const dataDir = resolve(config.store.dataDirectory);
    const availability = databaseAvailability(config.store);
    const vectors = configuredVectors(config);
    const agents = ChatKitAgentsModule.register(config.agents, model);
    const attachments = attachmentsModule(config, dataDir, { clock, scanner });
    const transcriber = createTranscriber(config.agents);
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot({
          isGlobal: true,
          ignoreEnvFile: true,
          skipProcessEnv: true,
          load: [() => ({ ...config })],
        }),
        PortalModule.register({
          portalDirectory: join(webDirectory, 'portal'),
          elementDirectory: join(webDirectory, 'element'),
          root: new URL(config.auth.publicUrl).pathname.replace(/\/$/, ''),
          features: portalFeatures(config, { dictation: transcriber !== undefined }),
        }),
        ChatKitAuthModule.register(authOptionsFrom(config.auth, { dataDir, directory })),
        ChatKitStoreModule.register({ config: config.store, global: true }),
        ChatKitMcpModule.register(config.mcp),
        // before the endpoint, which refuses every other path below its own
        ChatKitAdminModule,
        ChatKitDocumentsModule.register(config.documents, vectors),
        ChatKitModule.register({
          imports: [agents, ...attachments, ChatKitAdminModule],
          providers: [respondOptions(transcriber)],
          server: RespondService,
          store: { useExisting: TypeOrmStore },
          availability,
          settings: {
            ...completeSettings(config.http),
            ...(transcriber && { audioBodyLimit: transcriber.bodyLimit }),
          },
        }),
        ...(config.demo.enabled ? [DemoModule.register(agents)] : []),
        ChatKitHealthModule.register({
          imports: [agents, ...attachments],
          availability,
          model: { useExisting: ModelHealth },
          mcp: { useExisting: McpServers },
          retrieval: { useExisting: RetrievalHealth },
          attachments: attachments.length > 0 ? { useExisting: AttachmentsHealth } : undefined,
        }),
      ],
    };
  }
}
