import { Module } from '@nestjs/common';
import { CHATKIT_TENANT_INSTRUCTIONS, CHATKIT_USAGE_RECORDER } from '../agents/index.js';
import { TypeOrmOrganisationStore, TypeOrmUsageStore } from '../store/index.js';
import { FeedbackController } from './feedback.controller.js';
import { OrganisationController } from './organisation.controller.js';
import { OrganisationService } from './organisation.service.js';
import { UsageController } from './usage.controller.js';

/**
 * What the administrators of an organisation set and see: `/chatkit/admin/organisation`, `/usage` and
 * `/feedback`. Also has the agent follow the organisation's instructions, and what answers cost recorded. Needs
 * the ChatKitStoreModule and the ChatKitAuthModule, both registered for all.
 */
@Module({
  controllers: [OrganisationController, UsageController, FeedbackController],
  providers: [
    {
      provide: OrganisationService,
      inject: [TypeOrmOrganisationStore],
      useFactory: (store: TypeOrmOrganisationStore) => new OrganisationService(store),
    },
    { provide: CHATKIT_TENANT_INSTRUCTIONS, useExisting: OrganisationService },
    { provide: CHATKIT_USAGE_RECORDER, useExisting: TypeOrmUsageStore },
  ],
})
export class ChatKitAdminModule {}
