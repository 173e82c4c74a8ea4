export { ChatKitIndicator } from './chatkit.indicator.js';
export { ChatKitHealthModule, type ChatKitHealthModuleOptions } from './health.module.js';
export { MCP_REPORTER, type McpReporter } from './mcp-health.port.js';
export { McpIndicator } from './mcp.indicator.js';
export { MODEL_REPORTER, type ModelReport, type ModelReporter } from './model-health.port.js';
export { ModelIndicator } from './model.indicator.js';
export { RETRIEVAL_REPORTER, type RetrievalReport, type RetrievalReporter } from './retrieval-health.port.js';
export { RetrievalIndicator } from './retrieval.indicator.js';
