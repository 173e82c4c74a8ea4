import { join, resolve } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import type { Model } from '@openai/agents';
import { ChatKitAdminModule } from '../admin/index.js';
import { ChatKitAgentsModule, ModelIndicator, RespondService } from '../agents/index.js';
import { ChatKitAuditModule } from '../audit/index.js';
import {
  AttachmentsIndicator,
  BlobTenantFiles,
  ChatKitAttachmentsModule,
  type FileScanner,
} from '../attachments/index.js';
import { ChatKitDevProviderModule, type Directory } from '../auth/dev-provider/index.js';
import { authOptionsFrom, ChatKitAuthModule } from '../auth/index.js';
import { ChatKitSignInModule } from '../auth/session/index.js';
import {
  CHATKIT_TRANSCRIBER,
  ChatKitIndicator,
  ReplicasIndicator,
  ChatKitModule,
  completeSettings,
  type ProviderSource,
} from '../chatkit/index.js';
import { systemClock, type Clock } from '../common/clock.js';
import type { AppConfig } from '../config/app.config.js';
import { DemoModule } from '../demo/index.js';
import { ChatKitDocumentsModule } from '../documents/index.js';
import { ChatKitHealthModule } from '../health/index.js';
import { ChatKitLimitsModule } from '../limits/index.js';
import { ChatKitMcpModule, McpIndicator } from '../mcp/index.js';
import { PortalModule } from '../portal/portal.module.js';
import { RetrievalIndicator } from '../retrieval/index.js';
import { ChatKitSessionEndsModule } from '../session-ends/index.js';
import { ChatKitStoreModule, TypeOrmAttachmentRecords, TypeOrmStore } from '../store/index.js';
import { ChatKitRetentionModule, ChatKitTenantsModule } from '../tenants/index.js';
import { createTranscriber } from '../transcription/index.js';
import { attachmentsDirectory } from './attachments-directory.js';
import { configuredVectors } from './configured-vectors.js';
import type { TelemetrySdk } from './telemetry/start-telemetry.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';
import { ownVersion, VersionModule } from './version.js';
import { portalFeatures } from './portal-features.js';

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
  /** The SDK that gets metrics and traces. Default: that of the process, if it has one. */
  readonly telemetry?: TelemetrySdk | undefined;
}

/** Where the build puts the web parts, beside the compiled server. */
export const BUILT_WEB = resolve(import.meta.dirname, '../../web');

/** Uploads and their storage, unless the configuration has no secret to sign their links with. */
function attachmentsModule(
  config: AppConfig,
  dataDir: string,
  { clock, scanner }: { readonly clock: Clock } & Pick<AppOverrides, 'scanner'>,
): DynamicModule[] {
  if (!config.attachments.enabled) return [];
  return [
    ChatKitAttachmentsModule.forRoot({
      config: config.attachments,
      directory: attachmentsDirectory(config.attachments, dataDir),
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

/** The routes of operators, where it is said who they are. */
function operatorModule({ tenants }: AppConfig, attachments: DynamicModule[]): DynamicModule[] {
  const { operatorTenant: tenantId, operatorRole: role, reportKey } = tenants;
  if (tenantId === undefined) return [];
  const files = filesOf(attachments);
  return [
    ChatKitTenantsModule.forRoot({ operators: { tenantId, role }, imports: attachments, files, reportKey }),
  ];
}

/** Removes threads that are older than tenants keep them. */
function retentionModule({ tenants }: AppConfig, attachments: DynamicModule[], clock: Clock): DynamicModule {
  const { retainActiveDays: active, retainLockedDays: locked, retainClosedDays: closed } = tenants;
  return ChatKitRetentionModule.forRoot({
    imports: attachments,
    files: filesOf(attachments),
    defaults: { active, locked, closed },
    everyMs: tenants.retentionMinutes * 60_000,
    clock,
  });
}

function filesOf(attachments: DynamicModule[]): ProviderSource<BlobTenantFiles> | undefined {
  return attachments.length === 0 ? undefined : { useExisting: BlobTenantFiles };
}

/** The server as it is shipped: identity, store, agent, endpoint, health and the demonstration portal. */
@Module({})
export class AppModule {
  static register(
    config: AppConfig,
    {
      model,
      webDirectory = BUILT_WEB,
      clock = systemClock,
      directory,
      scanner,
      telemetry,
    }: AppOverrides = {},
  ): DynamicModule {
    const dataDir = resolve(config.store.dataDirectory);
    const vectors = configuredVectors(config);
    const agents = ChatKitAgentsModule.forRoot({ config: config.agents, ...(model && { model }) });
    const attachments = attachmentsModule(config, dataDir, { clock, scanner });
    const transcriber = createTranscriber(config.agents);
    const chat = ChatKitModule.forRoot({
      imports: [agents, ...attachments],
      providers: [{ provide: CHATKIT_TRANSCRIBER, useValue: transcriber }],
      server: RespondService,
      features: [
        ChatKitAdminModule,
        ChatKitAuditModule,
        ChatKitDocumentsModule.forRoot({ config: config.documents, vectors }),
        ChatKitLimitsModule.forRoot({
          config: config.limits,
          perTenant: config.limits.perTenant || config.tenants.operatorTenant !== undefined,
        }),
        ...operatorModule(config, attachments),
      ],
      settings: {
        ...completeSettings(config.http),
        ...(transcriber && { audioBodyLimit: transcriber.bodyLimit }),
      },
    });
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot({
          isGlobal: true,
          ignoreEnvFile: true,
          skipProcessEnv: true,
          load: [() => ({ ...config })],
        }),
        TelemetryModule.register(config.telemetry, telemetry),
        PortalModule.register({
          portalDirectory: join(webDirectory, 'portal'),
          elementDirectory: join(webDirectory, 'element'),
          root: new URL(config.auth.publicUrl).pathname.replace(/\/$/, ''),
          features: portalFeatures(config, { dictation: transcriber !== undefined }),
        }),
        ChatKitAuthModule.forRoot(authOptionsFrom(config.auth, { dataDir, directory, clock })),
        ChatKitSignInModule.forRoot(),
        ...(config.auth.embedded ? [ChatKitDevProviderModule] : []),
        ChatKitStoreModule.forRoot({ config: config.store }),
        ChatKitSessionEndsModule,
        retentionModule(config, attachments, clock),
        ChatKitMcpModule.forRoot({ config: config.mcp }),
        chat,
        ...(config.demo.enabled ? [DemoModule.register(agents)] : []),
        VersionModule.register(ownVersion(config.telemetry)),
        ChatKitHealthModule.forRoot({
          imports: [chat, agents, ...attachments],
          readiness: [ChatKitIndicator],
          indicators: [
            ModelIndicator,
            ReplicasIndicator,
            McpIndicator,
            RetrievalIndicator,
            ...(attachments.length > 0 ? [AttachmentsIndicator] : []),
          ],
        }),
      ],
    };
  }
}
