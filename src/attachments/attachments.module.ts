import {
  ConfigurableModuleBuilder,
  Inject,
  Module,
  RequestMethod,
  type DynamicModule,
  type MiddlewareConsumer,
  type ModuleMetadata,
  type NestModule,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { CHATKIT_ATTACHMENT_STORE } from '../chatkit/chatkit.tokens.js';
import type { Store, TenantScope } from '../chatkit/core/index.js';
import { CorsMiddleware } from '../chatkit/http/cors.middleware.js';
import type { ConfigurableModule } from '../common/configurable-module.js';
import { provide, type ProviderSource } from '../chatkit/provider-source.js';
import { AttachmentsController } from './attachments.controller.js';
import { AttachmentsHealth } from './attachments-health.js';
import { AttachmentsIndicator } from './attachments.indicator.js';
import {
  ATTACHMENT_RECORDS,
  ATTACHMENT_THREADS,
  ATTACHMENTS_MODULE_OPTIONS,
  ATTACHMENTS_PATH,
  type ChatKitAttachmentsOptions,
} from './attachments.options.js';
import { attachmentProviders, scanningProviders } from './attachments.providers.js';
import { BlobAttachmentStore } from './blob-attachment-store.js';
import { BlobTenantFiles } from './tenant-files.js';
import type { AttachmentRecords } from './records.port.js';
import type { FileScanner } from './scan/file-scanner.port.js';

/** What must be known of attachments when their module is declared. */
export interface ChatKitAttachmentsExtras extends Pick<ModuleMetadata, 'imports'> {
  /** Where the records of attachments are, e.g. `{ useExisting: TypeOrmStore }`. */
  readonly store: ProviderSource<Store<TenantScope>>;
  /** What is known of them besides, e.g. `{ useExisting: TypeOrmAttachmentRecords }`. */
  readonly records: ProviderSource<AttachmentRecords>;
  /** Looks at each file before it is kept. Without it files are kept as they come. */
  readonly scanner?: ProviderSource<FileScanner> | undefined;
  /** Where its routes are. Default `attachments`. */
  readonly path?: string;
}

/** What `ChatKitAttachmentsModule.forRoot()` takes. */
export type ChatKitAttachmentsModuleOptions = ChatKitAttachmentsOptions & ChatKitAttachmentsExtras;

const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ChatKitAttachmentsOptions>({
    moduleName: 'ChatKitAttachments',
    optionsInjectionToken: ATTACHMENTS_MODULE_OPTIONS,
  })
    .setClassMethodName('forRoot')
    .setExtras<Partial<ChatKitAttachmentsExtras>>(
      {
        imports: [],
        store: undefined,
        records: undefined,
        scanner: undefined,
        path: 'attachments',
      } as object,
      assemble,
    )
    .build();

const Configurable: ConfigurableModule<typeof OPTIONS_TYPE, typeof ASYNC_OPTIONS_TYPE> =
  ConfigurableModuleClass;

/**
 * Uploads under `/attachments`, and the attachment store of the `ChatKitModule` that imports it. Needs to know who sends
 * a request, as all routes of ours do.
 */
@Module({})
export class ChatKitAttachmentsModule extends Configurable implements NestModule {
  constructor(@Inject(ATTACHMENTS_PATH) private readonly path: string) {
    super();
  }

  /** With options that are known when the module is declared. */
  static override forRoot(options: ChatKitAttachmentsModuleOptions): DynamicModule {
    return super.forRoot(options);
  }

  /** With options that a factory makes. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE & ChatKitAttachmentsExtras): DynamicModule {
    return super.forRootAsync(options);
  }

  /** Answers what browsers ask before they call from another site. */
  configure(consumer: MiddlewareConsumer): void {
    const { path } = this;
    consumer
      .apply(CorsMiddleware)
      .forRoutes({ path, method: RequestMethod.ALL }, { path: `${path}/*path`, method: RequestMethod.ALL });
  }
}

function assemble(definition: DynamicModule, extras: Partial<ChatKitAttachmentsExtras>): DynamicModule {
  const { store, records, scanner, path = 'attachments' } = extras;
  if (store === undefined || records === undefined) {
    throw new TypeError('ChatKitAttachmentsModule needs a `store` and `records`');
  }
  return {
    ...definition,
    imports: [
      ...(definition.imports ?? extras.imports ?? []),
      RouterModule.register([{ path, module: ChatKitAttachmentsModule }]),
    ],
    controllers: [AttachmentsController],
    providers: [
      ...(definition.providers ?? []),
      { provide: ATTACHMENTS_PATH, useValue: path },
      provide(ATTACHMENT_THREADS, store),
      provide(ATTACHMENT_RECORDS, records),
      ...attachmentProviders,
      ...(scanner === undefined ? [] : scanningProviders(scanner)),
      AttachmentsIndicator,
      { provide: CHATKIT_ATTACHMENT_STORE, useExisting: BlobAttachmentStore },
    ],
    exports: [
      BlobAttachmentStore,
      BlobTenantFiles,
      CHATKIT_ATTACHMENT_STORE,
      AttachmentsHealth,
      AttachmentsIndicator,
    ],
  };
}
