import { Module, type DynamicModule } from '@nestjs/common';
import { CHATKIT_RETRIEVER } from '../retrieval/index.js';
import { DocumentsConfig } from '../config/documents.config.js';
import { ChatKitStoreModule, UnitOfWork } from '../store/index.js';
import { DocumentStore } from './document-store.js';
import { documentsSchema } from './documents-schema.js';
import { DocumentsController } from './documents.controller.js';
import { DocumentsService } from './documents.service.js';
import type { VectorIndex } from './vectors/vector-index.js';
import { PostgresRetriever } from './postgres-retriever.js';

/**
 * The documents of tenants: their store, `/chatkit/admin/documents`, and the retriever that finds passages in
 * them. Needs the ChatKitStoreModule and the ChatKitAuthModule, both registered for all.
 */
@Module({})
export class ChatKitDocumentsModule {
  /** @param vectors where documents are to be found by meaning, too */
  static register(config: DocumentsConfig, vectors?: VectorIndex): DynamicModule {
    return {
      module: ChatKitDocumentsModule,
      imports: [ChatKitStoreModule.forFeature(documentsSchema(vectors))],
      controllers: [DocumentsController],
      providers: [
        { provide: DocumentsConfig, useValue: config },
        {
          provide: DocumentStore,
          inject: [UnitOfWork],
          useFactory: (unitOfWork: UnitOfWork) => new DocumentStore(unitOfWork, config, vectors),
        },
        {
          provide: DocumentsService,
          inject: [DocumentStore],
          useFactory: (store: DocumentStore) => new DocumentsService(store, config, vectors),
        },
        {
          provide: CHATKIT_RETRIEVER,
          inject: [DocumentStore],
          useFactory: (store: DocumentStore) => new PostgresRetriever(store, vectors),
        },
      ],
      exports: [DocumentsService],
    };
  }
}
