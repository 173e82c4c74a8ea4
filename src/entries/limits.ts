export { LimitsConfig, type LimitStorage } from '../config/limits.config.js';
export { ChatKitLimitsModule, type ChatKitLimitsOptions } from '../limits/index.js';
