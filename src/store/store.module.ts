import { Inject, Injectable, Logger, Module } from '@nestjs/common';
import type {
  DynamicModule,
  FactoryProvider,
  ModuleMetadata,
  OnApplicationShutdown,
  OnModuleInit,
} from '@nestjs/common';
import type { StoreConfig } from '../config/store.config.js';
import { ChatKitDatabase } from './availability/chatkit-database.js';
import { createStore, type CreateStoreOptions, type StoreParts } from './create-store.js';
import { TypeOrmAttachmentRecords } from './attachment-records.js';
import type { SchemaFeature } from './schema/schema-feature.js';
import { SchemaFeatures } from './schema/schema-features.js';
import { TypeOrmStore } from './typeorm-store.js';
import { UnitOfWork } from './unit-of-work/unit-of-work.js';

const PARTS = Symbol('StoreParts');
const FEATURE = Symbol('SchemaFeature');

/** What `ChatKitStoreModule.register()` takes. */
export interface ChatKitStoreModuleOptions extends Omit<CreateStoreOptions, 'features'> {
  readonly config: StoreConfig;
  /** Whether other modules get the store without importing this one. Default false. */
  readonly global?: boolean;
}

/** What `ChatKitStoreModule.registerAsync()` takes. */
export interface ChatKitStoreModuleAsyncOptions {
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: FactoryProvider<
    Omit<ChatKitStoreModuleOptions, 'global'> | Promise<Omit<ChatKitStoreModuleOptions, 'global'>>
  >['useFactory'];
  /** Default false. */
  readonly global?: boolean;
}

/** Connects when the application starts, without keeping it waiting, and closes when it has stopped. */
@Injectable()
class StoreLifecycle implements OnModuleInit, OnApplicationShutdown {
  constructor(@Inject(ChatKitDatabase) private readonly database: ChatKitDatabase) {}

  onModuleInit(): void {
    this.database.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}

/** Adds a feature while the application is put together, which is before the store connects. */
@Injectable()
class FeatureRegistration {
  constructor(@Inject(SchemaFeatures) features: SchemaFeatures, @Inject(FEATURE) feature: SchemaFeature) {
    features.add(feature);
  }
}

/** The store as injectable TypeOrmStore, TypeOrmAttachmentRecords, UnitOfWork and ChatKitDatabase. */
@Module({})
export class ChatKitStoreModule {
  /** With a configuration that is known when the module is declared. */
  static register(options: ChatKitStoreModuleOptions): DynamicModule {
    return ChatKitStoreModule.registerAsync({ useFactory: () => options, global: options.global ?? false });
  }

  /** With a configuration that comes from other providers. */
  static registerAsync({
    imports = [],
    inject = [],
    useFactory,
    global = false,
  }: ChatKitStoreModuleAsyncOptions): DynamicModule {
    const parts: FactoryProvider<StoreParts> = {
      provide: PARTS,
      inject,
      useFactory: async (...injected: unknown[]) => {
        const { config, ...options } = await useFactory(...injected);
        return createStore(config, { logger: new Logger('ChatKitDatabase'), ...options });
      },
    };
    return {
      module: ChatKitStoreModule,
      global,
      imports,
      providers: [
        parts,
        part(ChatKitDatabase, ({ database }) => database),
        part(SchemaFeatures, ({ features }) => features),
        part(UnitOfWork, ({ unitOfWork }) => unitOfWork),
        part(TypeOrmStore, ({ store }) => store),
        part(TypeOrmAttachmentRecords, ({ attachments }) => attachments),
        StoreLifecycle,
      ],
      exports: [ChatKitDatabase, SchemaFeatures, UnitOfWork, TypeOrmStore, TypeOrmAttachmentRecords],
    };
  }

  /**
   * For the module of a feature that has tables: the store, which has to be registered for all, makes them with its
   * own.
   */
  static forFeature(feature: SchemaFeature): DynamicModule {
    return {
      module: ChatKitStoreModule,
      providers: [{ provide: FEATURE, useValue: feature }, FeatureRegistration],
    };
  }
}

function part<T>(
  provide: FactoryProvider<T>['provide'],
  useFactory: (parts: StoreParts) => T,
): FactoryProvider<T> {
  return { provide, inject: [PARTS], useFactory };
}
