export {
  alwaysAvailable,
  CHATKIT_AVAILABILITY,
  type ChatAvailability,
  type ChatState,
  type ChatStatus,
} from '../common/availability.js';
export {
  ChatKitModule,
  type ChatKitExtras,
  type ChatKitModuleAsyncOptions,
  type ChatKitModuleOptions,
  type ChatKitOptions,
} from './chatkit.module.js';
export {
  CHATKIT_SETTINGS,
  completeSettings,
  type ChatKitSettings,
  type DisconnectPolicy,
} from './chatkit.settings.js';
export {
  CHATKIT_ACTIONS,
  CHATKIT_ATTACHMENT_STORE,
  CHATKIT_FEEDBACK_STORE,
  CHATKIT_SERVER,
  CHATKIT_SERVER_OPTIONS,
  CHATKIT_TRANSCRIBER,
} from './chatkit.tokens.js';
export { ChatKitIndicator } from './health/chatkit.indicator.js';
export { ReplicasIndicator } from './health/replicas.indicator.js';
export { answerClientErrors } from './http/client-errors.js';
export { EndpointError, type EndpointErrorCode } from './http/endpoint-error.js';
export { IsId, IsText, MayBeAbsent, IsTime, isTime } from './http/fields.js';
export { formMemory, formRefusal } from './http/form.js';
export { JsonBody } from './http/json-body.js';
export { RequestValidationPipe } from './http/request-validation.pipe.js';
export { ChatKitExceptionFilter } from './json-exception.filter.js';
export { ChatKitLogger } from '../common/logging/chatkit-logger.js';
export type { ProviderSource } from './provider-source.js';
