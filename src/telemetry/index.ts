export { LineBudget } from './log/line-budget.js';
export { ChatKitTelemetryModule, type ChatKitTelemetryModuleOptions } from './telemetry.module.js';
export { type TenantNaming } from './traces/tenant-naming.js';
