export {
  alwaysAvailable,
  CHATKIT_AVAILABILITY,
  type ChatAvailability,
  type ChatState,
  type ChatStatus,
} from './availability.js';
export {
  ChatKitModule,
  type AgentOptions,
  type ChatKitModuleAsyncOptions,
  type ChatKitModuleBase,
  type ChatKitModuleOptions,
} from './chatkit.module.js';
export {
  CHATKIT_SETTINGS,
  completeSettings,
  type ChatKitSettings,
  type DisconnectPolicy,
} from './chatkit.settings.js';
export { CHATKIT_SERVER } from './chatkit.tokens.js';
export { EndpointError, type EndpointErrorCode } from './http/endpoint-error.js';
export { IsId, IsText, IsTime, isTime } from './http/fields.js';
export { formMemory, formRefusal } from './http/form.js';
export { JsonBody } from './http/json-body.js';
export { RequestValidationPipe } from './http/request-validation.pipe.js';
export { ChatKitExceptionFilter } from './json-exception.filter.js';
export { ChatKitLogger } from '../common/logging/chatkit-logger.js';
export type { ProviderSource } from './provider-source.js';
