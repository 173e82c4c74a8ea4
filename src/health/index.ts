export { ChatKitIndicator } from './chatkit.indicator.js';
export { HealthModule, type HealthModuleOptions } from './health.module.js';
export { MODEL_REPORTER, type ModelReport, type ModelReporter } from './model-health.port.js';
export { ModelIndicator } from './model.indicator.js';
