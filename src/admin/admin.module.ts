import { Module, type FactoryProvider } from '@nestjs/common';
import { CHATKIT_TENANT_INSTRUCTIONS, CHATKIT_USAGE_RECORDER } from '../agents/tokens.js';
import { CHATKIT_FEEDBACK_STORE } from '../chatkit/index.js';
import { ChatKitStoreModule, UnitOfWork } from '../store/index.js';
import { adminSchema } from './admin-schema.js';
import { FeedbackController } from './feedback/feedback.controller.js';
import { TypeOrmFeedbackStore } from './feedback/feedback-store.js';
import { OrganisationController } from './organisation/organisation.controller.js';
import { TenantSettingsService } from './organisation/tenant-settings.service.js';
import { TypeOrmTenantSettingsStore } from './organisation/tenant-settings-store.js';
import { FeedbackReader } from './feedback/feedback-reader.port.js';
import { UsageReader } from './usage/usage-reader.port.js';
import { UsageController } from './usage/usage.controller.js';
import { TypeOrmUsageStore } from './usage/usage-store.js';

function inPostgres<T>(Store: new (unitOfWork: UnitOfWork) => T): FactoryProvider<T> {
  return {
    provide: Store,
    inject: [UnitOfWork],
    useFactory: (unitOfWork: UnitOfWork) => new Store(unitOfWork),
  };
}

/**
 * What the administrators of an organisation set and see: their routes `admin/organisation`, `admin/usage` and
 * `admin/feedback`, with their stores. Also has the agent follow the organisation's instructions, and what answers cost and
 * users think of them recorded. One of the `features` of a ChatKitModule, below whose path its routes are. Needs the
 * ChatKitStoreModule.
 */
@Module({
  imports: [ChatKitStoreModule.forFeature(adminSchema)],
  controllers: [OrganisationController, UsageController, FeedbackController],
  providers: [
    inPostgres(TypeOrmFeedbackStore),
    inPostgres(TypeOrmTenantSettingsStore),
    inPostgres(TypeOrmUsageStore),
    {
      provide: TenantSettingsService,
      inject: [TypeOrmTenantSettingsStore],
      useFactory: (store: TypeOrmTenantSettingsStore) => new TenantSettingsService(store),
    },
    { provide: CHATKIT_TENANT_INSTRUCTIONS, useExisting: TenantSettingsService },
    { provide: UsageReader, useExisting: TypeOrmUsageStore },
    { provide: FeedbackReader, useExisting: TypeOrmFeedbackStore },
    { provide: CHATKIT_USAGE_RECORDER, useExisting: TypeOrmUsageStore },
    { provide: CHATKIT_FEEDBACK_STORE, useExisting: TypeOrmFeedbackStore },
  ],
  exports: [
    CHATKIT_FEEDBACK_STORE,
    TypeOrmFeedbackStore,
    TypeOrmTenantSettingsStore,
    TypeOrmUsageStore,
    UsageReader,
  ],
})
export class ChatKitAdminModule {}
