import { ConfigurableModuleBuilder, Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { completeConfig, type ConfigInit } from '../config/complete-config.js';
import { DocumentsConfig } from '../config/documents.config.js';
import { CHATKIT_RETRIEVER } from '../retrieval/index.js';
import { ChatKitStoreModule, StoredLimits, UnitOfWork } from '../store/index.js';
import { DocumentStore } from './document-store.js';
import { DocumentsController } from './documents.controller.js';
import { documentsSchema } from './documents-schema.js';
import { DocumentsService } from './documents.service.js';
import { PostgresRetriever } from './postgres-retriever.js';
import type { VectorIndex } from './vectors/vector-index.js';

/** What `ChatKitDocumentsModule.forRoot()` takes. */
export interface ChatKitDocumentsOptions {
  /** A `DocumentsConfig`, or a plain object with some of its properties. Default: the defaults of `DocumentsConfig`. */
  readonly config?: ConfigInit<DocumentsConfig>;
}

/** What must be known of documents when their module is declared. */
export interface ChatKitDocumentsExtras {
  /** Where documents are to be found by meaning, too. Default: by words alone. */
  readonly vectors?: VectorIndex | undefined;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ChatKitDocumentsOptions>({ moduleName: 'ChatKitDocuments' })
    .setClassMethodName('forRoot')
    .setExtras<ChatKitDocumentsExtras>({ vectors: undefined }, assemble)
    .build();

/**
 * The documents of tenants: their store, their routes `admin/documents`, and the retriever that finds passages in them.
 * One of the `features` of a ChatKitModule, below whose path its routes are. Needs the ChatKitStoreModule.
 */
@Module({})
export class ChatKitDocumentsModule extends ConfigurableModuleClass {
  /** With a configuration that is known when the module is declared. */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return super.forRoot(options);
  }

  /** With a configuration that a factory makes. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return super.forRootAsync(options);
  }
}

function assemble(definition: DynamicModule, { vectors }: ChatKitDocumentsExtras): DynamicModule {
  const documents: FactoryProvider<DocumentsService> = {
    provide: DocumentsService,
    inject: [DocumentStore, DocumentsConfig],
    useFactory: (store: DocumentStore, config: DocumentsConfig) =>
      new DocumentsService(store, config, vectors),
  };
  return {
    ...definition,
    imports: [...(definition.imports ?? []), ChatKitStoreModule.forFeature(documentsSchema(vectors))],
    controllers: [DocumentsController],
    providers: [
      ...(definition.providers ?? []),
      {
        provide: DocumentsConfig,
        inject: [MODULE_OPTIONS_TOKEN],
        useFactory: ({ config }: ChatKitDocumentsOptions) => completeConfig(DocumentsConfig, config),
      },
      {
        provide: DocumentStore,
        inject: [UnitOfWork, DocumentsConfig, StoredLimits],
        useFactory: (unitOfWork: UnitOfWork, config: DocumentsConfig, stored: StoredLimits) =>
          new DocumentStore(unitOfWork, config, vectors, stored),
      },
      documents,
      {
        provide: CHATKIT_RETRIEVER,
        inject: [DocumentStore],
        useFactory: (store: DocumentStore) => new PostgresRetriever(store, vectors),
      },
    ],
    exports: [DocumentsService],
  };
}
