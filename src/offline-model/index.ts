export { OFFLINE_MODEL, OfflineModel, type OfflineModelOptions } from './offline-model.js';
