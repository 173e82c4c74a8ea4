import { Module, type DynamicModule } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { RETRIEVER } from '../agents/index.js';
import { DocumentsConfig } from '../config/documents.config.js';
import { UnitOfWork } from '../store/index.js';
import { DocumentStore } from './document-store.js';
import { DocumentsController } from './documents.controller.js';
import { DocumentsService } from './documents.service.js';
import { PostgresRetriever } from './postgres-retriever.js';

/** Fields of a form besides its file, and the most that one of them may hold. */
const FIELDS = { fields: 10, fieldNameSize: 100, fieldSize: 8000, parts: 12, files: 1 };

/**
 * The documents of tenants: their store, `/chatkit/admin/documents`, and the retriever that finds passages in
 * them. Needs the StoreModule and the AuthModule, both registered for all.
 */
@Module({})
export class DocumentsModule {
  static register(config: DocumentsConfig): DynamicModule {
    return {
      module: DocumentsModule,
      imports: [MulterModule.register({ limits: { ...FIELDS, fileSize: config.maxBytes } })],
      controllers: [DocumentsController],
      providers: [
        { provide: DocumentsConfig, useValue: config },
        {
          provide: DocumentStore,
          inject: [UnitOfWork],
          useFactory: (unitOfWork: UnitOfWork) => new DocumentStore(unitOfWork, config),
        },
        {
          provide: DocumentsService,
          inject: [DocumentStore],
          useFactory: (store: DocumentStore) => new DocumentsService(store, config),
        },
        {
          provide: RETRIEVER,
          inject: [DocumentStore],
          useFactory: (store: DocumentStore) => new PostgresRetriever(store),
        },
      ],
      exports: [DocumentsService],
    };
  }
}
