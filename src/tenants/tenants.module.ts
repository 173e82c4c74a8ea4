import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { CHATKIT_OPERATORS, type Operators } from '../auth/roles/operator.guard.js';
import { provide, type ProviderSource } from '../chatkit/provider-source.js';
import { systemClock, type Clock } from '../common/clock.js';
import { ScopeLimitsModule } from '../common/limits/scope-limits.module.js';
import type { TenantFiles } from '../common/tenant-files.port.js';
import { SchemaFeatures, TENANT_PARTS, type TenantParts } from '../store/index.js';
import { ExportController } from './export/export.controller.js';
import { TenantExport } from './export/tenant-export.js';
import { TenantMigrations } from './migrate/tenant-migrations.js';
import { TenantMove } from './move/tenant-move.js';
import { TenantLimitsController } from './routes/limits.controller.js';
import { ErasuresController } from './erase/erasures.controller.js';
import { TenantErasure } from './erase/tenant-erasure.js';
import { HoldsController } from './hold/holds.controller.js';
import { TenantHolds } from './hold/tenant-holds.js';
import { RetentionController } from './retention/retention.controller.js';
import { TenantRetentionSettings } from './retention/retention-settings.js';
import { MigrationsController } from './routes/migrations.controller.js';
import { TenantsController } from './routes/tenants.controller.js';
import { tenantTools, type TenantTools } from './tenant-tools.js';
import { TenantsService } from './tenants.service.js';

const TOOLS = Symbol('chatkit:tenant-tools');
const FILES = Symbol('chatkit:tenant-files');

/** What `ChatKitTenantsModule.forRoot()` takes. */
export interface ChatKitTenantsModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  /** Who may use the routes. */
  readonly operators: Operators;
  /** Where the files of tenants are, such as `{ useExisting: BlobTenantFiles }` of an imported ChatKitAttachmentsModule. */
  readonly files?: ProviderSource<TenantFiles> | undefined;
  /** A private Ed25519 key, as PEM or JWK, that signs reports of erasures. Without it nothing is erased. */
  readonly reportKey?: string | undefined;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/**
 * What operators of the service do with its tenants: the routes `operator/tenants` and `operator/migrations`. One of the
 * `features` of a ChatKitModule, below whose path its routes are. Needs the ChatKitStoreModule.
 */
@Module({})
export class ChatKitTenantsModule {
  /** With options that are known when the module is declared. */
  static forRoot(options: ChatKitTenantsModuleOptions): DynamicModule {
    const { operators, imports = [], files, reportKey, clock = systemClock } = options;
    return {
      module: ChatKitTenantsModule,
      imports: [ScopeLimitsModule, ...imports],
      controllers: [
        TenantsController,
        TenantLimitsController,
        MigrationsController,
        ExportController,
        ErasuresController,
        HoldsController,
        RetentionController,
      ],
      providers: [
        { provide: CHATKIT_OPERATORS, useValue: operators },
        ...(files === undefined ? [] : [provide(FILES, files)]),
        {
          provide: TOOLS,
          inject: [TENANT_PARTS, SchemaFeatures, { token: FILES, optional: true }],
          useFactory: (parts: TenantParts, features: SchemaFeatures, found: TenantFiles | undefined) =>
            tenantTools(parts, features, { clock, files: found, reportKey }),
        },
        tool(TenantsService, ({ tenants }) => tenants),
        tool(TenantMigrations, ({ migrations }) => migrations),
        tool(TenantMove, ({ moves }) => moves),
        tool(TenantExport, ({ exports }) => exports),
        tool(TenantErasure, ({ erasures }) => erasures),
        tool(TenantHolds, ({ holds }) => holds),
        tool(TenantRetentionSettings, ({ retention }) => retention),
      ],
      exports: [
        TenantsService,
        TenantMigrations,
        TenantMove,
        TenantExport,
        TenantErasure,
        TenantHolds,
        TenantRetentionSettings,
      ],
    };
  }
}

function tool<T>(
  provide: FactoryProvider<T>['provide'],
  useFactory: (tools: TenantTools) => T,
): FactoryProvider<T> {
  return { provide, inject: [TOOLS], useFactory };
}
