export {
  ChatKitAdminOnly,
  ChatKitAuthGuard,
  ChatKitAuthModule,
  ChatKitIdentityModule,
  ChatKitRoles,
  ChatKitRolesGuard,
  authOptionsFrom,
  Ctx,
  RequestContext,
  type AuthOptions,
  type ChatKitIdentityOptions,
  type HostIdentity,
  type IdentityFunction,
  type RequestContextInit,
  type UserProfile,
} from './auth/index.js';
export {
  answerClientErrors,
  CHATKIT_ACTIONS,
  CHATKIT_ATTACHMENT_STORE,
  CHATKIT_FEEDBACK_STORE,
  CHATKIT_SERVER_OPTIONS,
  CHATKIT_TRANSCRIBER,
  ChatKitIndicator,
  ReplicasIndicator,
  ChatKitModule,
  type ChatAvailability,
  type ChatKitModuleAsyncOptions,
  type ChatKitModuleOptions,
  type ChatKitSettings,
  type ChatStatus,
  type ProviderSource,
} from './chatkit/index.js';
export type { Clock } from './common/clock.js';
export { ExtensionError } from './common/discovery/extension-error.js';
export type { HealthIndicator, HealthReport } from './common/health.js';
export {
  SIGNAL_BYTES,
  type SignalHindrance,
  type SignalListener,
  type Signals,
} from './common/signals/signals.port.js';
export { AuthConfig } from './config/auth.config.js';
export type { ConfigInit } from './config/complete-config.js';
export { HttpConfig } from './config/http.config.js';
export { StoreConfig } from './config/store.config.js';
export { ConfigError, loadConfig } from './config/validate.js';
export {
  ChatKitDatabase,
  ChatKitStoreModule,
  TypeOrmAttachmentRecords,
  TypeOrmStore,
  type ChatKitStoreExtras,
  type ChatKitStoreModuleOptions,
} from './store/index.js';
export {
  CHATKIT_OBSERVER,
  type ChatKitObserver,
  type ObservedModelCall,
  type ObservedOutcome,
  type ObservedRequest,
  type ObservedStatements,
  type ObservedToolCall,
} from './common/observer/observer.port.js';
