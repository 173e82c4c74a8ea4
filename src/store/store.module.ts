import {
  ConfigurableModuleBuilder,
  Logger,
  Module,
  type DynamicModule,
  type FactoryProvider,
} from '@nestjs/common';
import { ScopeLimits } from '../common/limits/scope-limits.js';
import { ScopeLimitsModule } from '../common/limits/scope-limits.module.js';
import { ObserversModule } from '../common/observer/observers.module.js';
import { Observers } from '../common/observer/observers.js';
import { Store } from '../chatkit/core/index.js';
import { CHATKIT_AVAILABILITY } from '../common/availability.js';
import { CHATKIT_SIGNALS } from '../common/signals/signals.port.js';
import { completeConfig, type ConfigInit } from '../config/complete-config.js';
import { StoreConfig } from '../config/store.config.js';
import { TypeOrmAttachmentRecords } from './attachment-records.js';
import { ChatKitDatabase } from './availability/chatkit-database.js';
import { DatabaseAvailability } from './availability/database-availability.js';
import { createStore, type CreateStoreOptions, type StoreParts } from './create-store.js';
import { TenantDatabases } from './databases/tenant-databases.js';
import type { SchemaFeature } from './schema/schema-feature.js';
import { SchemaFeatures } from './schema/schema-features.js';
import { FEATURE, FeatureRegistration, StoreLifecycle } from './store-lifecycle.js';
import { StoredLimits } from './stored-limits.js';
import { TypeOrmStore } from './typeorm-store.js';
import { UnitOfWork } from './unit-of-work/unit-of-work.js';

/** What `ChatKitStoreModule.forRoot()` takes. */
export interface ChatKitStoreModuleOptions extends Omit<CreateStoreOptions, 'features'> {
  /** A `StoreConfig`, or a plain object with some of its properties. Default: the defaults of `StoreConfig`. */
  readonly config?: ConfigInit<StoreConfig>;
}

/** What must be known when the module is declared. */
export interface ChatKitStoreExtras {
  /** Whether other modules get the store without importing this one. Default true. */
  readonly isGlobal?: boolean;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<ChatKitStoreModuleOptions>({ moduleName: 'ChatKitStore' })
    .setClassMethodName('forRoot')
    .setExtras<ChatKitStoreExtras>({ isGlobal: true }, assemble)
    .build();

const PARTS = Symbol('chatkit:store-parts');

/** Injection token of the {@link TenantParts}, for what operates the service. */
export const TENANT_PARTS = Symbol('chatkit:tenant-parts');

/**
 * Conversations in PostgreSQL: the `Store` of every ChatKitModule that is given none, whether it can be reached, and what
 * features keep their own tables with. Imported once, available everywhere.
 */
@Module({})
export class ChatKitStoreModule extends ConfigurableModuleClass {
  /** With a configuration that is known when the module is declared. */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return super.forRoot(options);
  }

  /** With a configuration that a factory makes. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    return super.forRootAsync(options);
  }

  /** For the module of a feature that has tables: the store of the application makes them with its own. */
  static forFeature(feature: SchemaFeature): DynamicModule {
    return {
      module: ChatKitStoreModule,
      providers: [{ provide: FEATURE, useValue: feature }, FeatureRegistration],
    };
  }
}

function assemble(definition: DynamicModule, { isGlobal = true }: ChatKitStoreExtras): DynamicModule {
  return {
    ...definition,
    global: isGlobal,
    imports: [...(definition.imports ?? []), ObserversModule, ScopeLimitsModule],
    providers: [
      ...(definition.providers ?? []),
      {
        provide: StoreConfig,
        inject: [MODULE_OPTIONS_TOKEN],
        useFactory: ({ config }: ChatKitStoreModuleOptions) => completeConfig(StoreConfig, config),
      },
      {
        provide: PARTS,
        inject: [StoreConfig, Observers, ScopeLimits, MODULE_OPTIONS_TOKEN],
        useFactory: (
          config: StoreConfig,
          observer: Observers,
          limits: ScopeLimits,
          { config: _given, ...options }: ChatKitStoreModuleOptions,
        ) => createStore(config, { observer, limits, logger: new Logger('ChatKitDatabase'), ...options }),
      },
      part(ChatKitDatabase, ({ database }) => database),
      part(TenantDatabases, ({ tenants }) => tenants.databases),
      part(TENANT_PARTS, ({ tenants }) => tenants),
      part(SchemaFeatures, ({ features }) => features),
      part(UnitOfWork, ({ unitOfWork }) => unitOfWork),
      part(StoredLimits, ({ stored }) => stored),
      part(TypeOrmStore, ({ store }) => store),
      part(TypeOrmAttachmentRecords, ({ attachments }) => attachments),
      { provide: Store, useExisting: TypeOrmStore },
      {
        provide: CHATKIT_AVAILABILITY,
        inject: [TenantDatabases, StoreConfig],
        useFactory: (databases: TenantDatabases, config: StoreConfig) =>
          new DatabaseAvailability(databases, config),
      },
      { provide: CHATKIT_SIGNALS, inject: [PARTS], useFactory: ({ signals }: StoreParts) => signals },
      StoreLifecycle,
    ],
    exports: [
      TENANT_PARTS,
      ChatKitDatabase,
      SchemaFeatures,
      UnitOfWork,
      StoredLimits,
      TypeOrmStore,
      TypeOrmAttachmentRecords,
      Store,
      CHATKIT_AVAILABILITY,
      CHATKIT_SIGNALS,
    ],
  };
}

function part<T>(
  provide: FactoryProvider<T>['provide'],
  useFactory: (parts: StoreParts) => T,
): FactoryProvider<T> {
  return { provide, inject: [PARTS], useFactory };
}
