export { ChatKitAdminModule } from './admin.module.js';
export { TypeOrmFeedbackStore } from './feedback/feedback-store.js';
export { TypeOrmTenantSettingsStore } from './organisation/tenant-settings-store.js';
export { TypeOrmUsageStore } from './usage/usage-store.js';
