import { Module, type DynamicModule, type FactoryProvider } from '@nestjs/common';
import { CHATKIT_OPERATORS, type Operators } from '../auth/roles/operator.guard.js';
import { systemClock, type Clock } from '../common/clock.js';
import { SchemaFeatures, TENANT_PARTS, type TenantParts } from '../store/index.js';
import { ExportController } from './export/export.controller.js';
import { TenantExport } from './export/tenant-export.js';
import { TenantMigrations } from './migrate/tenant-migrations.js';
import { TenantMove } from './move/tenant-move.js';
import { TenantLimitsController } from './routes/limits.controller.js';
import { MigrationsController } from './routes/migrations.controller.js';
import { TenantsController } from './routes/tenants.controller.js';
import { tenantTools, type TenantTools } from './tenant-tools.js';
import { TenantsService } from './tenants.service.js';

const TOOLS = Symbol('chatkit:tenant-tools');

/** What `ChatKitTenantsModule.forRoot()` takes. */
export interface ChatKitTenantsModuleOptions {
  /** Who may use the routes. */
  readonly operators: Operators;
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
  static forRoot({ operators, clock = systemClock }: ChatKitTenantsModuleOptions): DynamicModule {
    return {
      module: ChatKitTenantsModule,
      controllers: [TenantsController, TenantLimitsController, MigrationsController, ExportController],
      providers: [
        { provide: CHATKIT_OPERATORS, useValue: operators },
        {
          provide: TOOLS,
          inject: [TENANT_PARTS, SchemaFeatures],
          useFactory: (parts: TenantParts, features: SchemaFeatures) => tenantTools(parts, features, clock),
        },
        tool(TenantsService, ({ tenants }) => tenants),
        tool(TenantMigrations, ({ migrations }) => migrations),
        tool(TenantMove, ({ moves }) => moves),
        tool(TenantExport, ({ exports }) => exports),
      ],
      exports: [TenantsService, TenantMigrations, TenantMove, TenantExport],
    };
  }
}

function tool<T>(
  provide: FactoryProvider<T>['provide'],
  useFactory: (tools: TenantTools) => T,
): FactoryProvider<T> {
  return { provide, inject: [TOOLS], useFactory };
}
