export { ChatKitHealthModule, type ChatKitHealthModuleOptions } from './health.module.js';
