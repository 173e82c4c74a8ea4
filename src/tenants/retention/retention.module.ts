import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { provide, type ProviderSource } from '../../chatkit/provider-source.js';
import { systemClock, type Clock } from '../../common/clock.js';
import { Observers } from '../../common/observer/observers.js';
import type { TenantFiles } from '../../common/tenant-files.port.js';
import { TENANT_PARTS, type TenantParts } from '../../store/index.js';
import type { RetentionDays } from './retention-days.js';
import { RetentionSchedule } from './retention-schedule.js';
import { TenantRetention } from './tenant-retention.js';

const FILES = Symbol('chatkit:retention-files');
const NEVER: RetentionDays = { active: 0, locked: 0, closed: 0 };
const HOUR_MS = 3_600_000;

/** What `ChatKitRetentionModule.forRoot()` takes. */
export interface ChatKitRetentionModuleOptions extends Pick<ModuleMetadata, 'imports'> {
  /** Days that threads are kept where operators have set nothing. Default: for ever. */
  readonly defaults?: Partial<RetentionDays>;
  /** Milliseconds between two looks. Default: an hour. */
  readonly everyMs?: number;
  /** Where the files of tenants are. Without it they are removed as files that belong to nothing. */
  readonly files?: ProviderSource<TenantFiles> | undefined;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
}

/** Removes threads that are older than they are kept, every now and then. Needs the ChatKitStoreModule. */
@Module({})
export class ChatKitRetentionModule {
  /** With options that are known when the module is declared. */
  static forRoot(options: ChatKitRetentionModuleOptions = {}): DynamicModule {
    const { imports = [], defaults, everyMs = HOUR_MS, files, clock = systemClock } = options;
    return {
      module: ChatKitRetentionModule,
      imports,
      providers: [
        ...(files === undefined ? [] : [provide(FILES, files)]),
        {
          provide: TenantRetention,
          inject: [TENANT_PARTS, Observers, { token: FILES, optional: true }],
          useFactory: (parts: TenantParts, observer: Observers, found: TenantFiles | undefined) =>
            new TenantRetention(
              { ...parts, clock, observer, files: found },
              { defaults: { ...NEVER, ...defaults }, everyMs },
            ),
        },
        {
          provide: RetentionSchedule,
          inject: [TenantRetention],
          useFactory: (retention: TenantRetention) => new RetentionSchedule(retention, everyMs, clock),
        },
      ],
      exports: [TenantRetention],
    };
  }
}
