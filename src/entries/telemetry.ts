export {
  ChatKitTelemetryModule,
  type ChatKitTelemetryModuleOptions,
  type TenantNaming,
} from '../telemetry/index.js';
