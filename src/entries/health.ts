export { ChatKitHealthModule, type ChatKitHealthModuleOptions } from '../health/index.js';
