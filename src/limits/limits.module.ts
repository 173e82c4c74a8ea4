import { Module, type DynamicModule } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { ChatKitAdminModule } from '../admin/admin.module.js';
import { UsageReader } from '../admin/usage/usage-reader.port.js';
import { CHATKIT_ANSWER_BUDGET } from '../agents/tokens.js';
import { systemClock } from '../common/clock.js';
import { RequestGates } from '../common/gates/request-gates.js';
import { RequestGatesModule } from '../common/gates/request-gates.module.js';
import { ScopeLimits } from '../common/limits/scope-limits.js';
import { ScopeLimitsModule } from '../common/limits/scope-limits.module.js';
import { Observers } from '../common/observer/observers.js';
import { ObserversModule } from '../common/observer/observers.module.js';
import { completeConfig, type ConfigInit } from '../config/complete-config.js';
import { LimitsConfig } from '../config/limits.config.js';
import { ChatKitStoreModule, TENANT_PARTS, UnitOfWork, type TenantParts } from '../store/index.js';
import { LimitsController } from './limits.controller.js';
import { LimitsInUse } from './limits-in-use.js';
import { limitsSchema } from './limits-schema.js';
import { PostgresThrottlerStorage } from './postgres-throttler-storage.js';
import { rateLimitGate } from './rate-limit.gate.js';
import { RateLimiter } from './rate-limiter.js';
import { TenantLimits } from './tenant-limits.js';
import { TokenBudget } from './token-budget.js';

/** How limits are set up. */
export interface ChatKitLimitsOptions {
  /** A `LimitsConfig`, or a plain object with some of its properties. Default: no limit. */
  readonly config?: ConfigInit<LimitsConfig>;
  /** Counts requests in place of the configured storage, as one in Redis does: any storage of `@nestjs/throttler`. */
  readonly storage?: ThrottlerStorage;
  /** Whether operators set limits for single tenants, in place of those of the configuration. Default: as it says. */
  readonly perTenant?: boolean;
}

/** Loaded when used: who counts elsewhere need not have it. */
async function inMemory(): Promise<ThrottlerStorage> {
  const { ThrottlerStorageService } = await import('@nestjs/throttler');
  return new ThrottlerStorageService();
}

const STORAGE = Symbol('chatkit:throttler-storage');

/**
 * What users and organisations may ask for, use up and store: requests a minute on all routes behind the guard, streams at
 * once, tokens a day and a month for answers, threads, bytes of files, and the route `admin/limits`. One of the `features` of a ChatKitModule. Needs the
 * ChatKitStoreModule, and the ChatKitAdminModule, which knows what was used up.
 */
@Module({})
export class ChatKitLimitsModule {
  /** With options that are known when the module is declared. */
  static forRoot({ config, storage, perTenant }: ChatKitLimitsOptions = {}): DynamicModule {
    return {
      module: ChatKitLimitsModule,
      imports: [
        ChatKitStoreModule.forFeature(limitsSchema),
        ObserversModule,
        ScopeLimitsModule,
        RequestGatesModule,
        ChatKitAdminModule,
      ],
      controllers: [LimitsController],
      providers: [
        { provide: LimitsConfig, useFactory: () => completeConfig(LimitsConfig, config) },
        {
          provide: TenantLimits,
          inject: [LimitsConfig, TENANT_PARTS, Observers, ScopeLimits],
          useFactory: (
            own: LimitsConfig,
            { directory }: TenantParts,
            observers: Observers,
            limits: ScopeLimits,
          ) => {
            const source = new TenantLimits(own, directory, { clock: systemClock, observers }, perTenant);
            limits.use(source);
            return source;
          },
        },
        {
          provide: STORAGE,
          inject: [LimitsConfig, TENANT_PARTS],
          useFactory: async (own: LimitsConfig, { databases }: TenantParts) =>
            storage ??
            (own.storage === 'postgres'
              ? new PostgresThrottlerStorage(databases.home.directoryUnit)
              : await inMemory()),
        },
        {
          provide: RateLimiter,
          inject: [TenantLimits, STORAGE, RequestGates, Observers],
          useFactory: (
            limits: TenantLimits,
            counting: ThrottlerStorage,
            gates: RequestGates,
            observers: Observers,
          ) => {
            const limiter = new RateLimiter(limits, counting);
            gates.add('rate', rateLimitGate(limiter, observers));
            return limiter;
          },
        },
        {
          provide: TokenBudget,
          inject: [TenantLimits, UsageReader, Observers],
          useFactory: (limits: TenantLimits, usage: UsageReader, observers: Observers) =>
            new TokenBudget(limits, usage, { clock: systemClock, observers }),
        },
        {
          provide: LimitsInUse,
          inject: [TenantLimits, TokenBudget, UnitOfWork, ScopeLimits],
          useFactory: (
            limits: TenantLimits,
            budget: TokenBudget,
            unitOfWork: UnitOfWork,
            scopes: ScopeLimits,
          ) => {
            const inUse = new LimitsInUse(limits, budget, unitOfWork, scopes);
            scopes.tell((scope) => inUse.of(scope));
            return inUse;
          },
        },
        { provide: CHATKIT_ANSWER_BUDGET, useExisting: TokenBudget },
      ],
    };
  }
}
