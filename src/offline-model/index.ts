export { OFFLINE_MODEL, OfflineModel, type OfflineModelOptions } from './offline-model.js';
export { systemScheduler, type Scheduler } from './scheduler.js';
