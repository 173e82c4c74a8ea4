export { limitsSchema } from './limits-schema.js';
export { ChatKitLimitsModule, type ChatKitLimitsOptions } from './limits.module.js';
