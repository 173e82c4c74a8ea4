export { AgentContext, type AgentContextOptions, type ClientToolCall } from './run/agent-context.js';
export { ChatKitAgentsModule, type ChatKitAgentsExtras, type ChatKitAgentsOptions } from './agents.module.js';
export { createModel, createModelHealth } from './model/configured-model.js';
export { ModelIndicator } from './model/model.indicator.js';
export { AnswerService, type AnswerOptions } from './run/answer.service.js';
export { askUser } from './run/ask-user.js';
export { MAX_INSTRUCTIONS, type TenantInstructions } from './context/tenant-instructions.js';
export type { Profile, ProfileProvider } from './context/profile-provider.js';
export { accumulateText, type TextComponent } from './convert/accumulate-text.js';
export { textPart, userInput, type Converted, type InputPart } from './convert/input-items.js';
export {
  ResponseStreamConverter,
  type ContainerFileCitation,
  type FileCitation,
  type UrlCitation,
} from './convert/response-stream-converter.js';
export {
  simpleToAgentInput,
  ThreadItemConverter,
  type UserMessageTag,
} from './convert/thread-item-converter.js';
export { ChatKitAction, type ActionResult, type SyncResult } from './decorators/action.decorator.js';
export { AgentActions } from './decorators/agent-actions.js';
export { AgentExtensions } from './decorators/agent-extensions.js';
export type { GuardrailOptions, ObjectSchema, ToolOptions } from './decorators/declaration.js';
export { assertDecorated } from './decorators/decorated-methods.js';
export {
  InputGuardrail,
  OutputGuardrail,
  type GuardrailInput,
  type GuardrailVerdict,
} from './decorators/guardrail.decorators.js';
export { ChatKitTool, type ToolArguments } from './decorators/tool.decorator.js';
export { RunFeed } from './run/run-feed.js';
export { ReliableModel } from './model/reliable-model.js';
export { modelFailure, type ModelFailure } from './model/model-failure.js';
export { ModelHealth, type ModelStatus } from './model/model-status.js';
export { createOpenAIModel, type OpenAIModelOptions } from './model/openai-model.js';
export { PAGE_LIMITS, readPageContext, type PageContext } from './prompt/page-context.js';
export { PortalItemConverter } from './prompt/portal-item-converter.js';
export { buildPrompt, type Prompt, type PromptOptions } from './prompt/prompt.js';
export { systemPrompt } from './prompt/system-prompt.js';
export { RespondService } from './respond.service.js';
export {
  streamAgentResponse,
  type AgentRun,
  type StreamAgentResponseOptions,
} from './run/stream-agent-response.js';
export { Titles } from './titles/title.service.js';
export {
  CHATKIT_MODEL,
  CHATKIT_TENANT_INSTRUCTIONS,
  CHATKIT_PROFILE_PROVIDER,
  CHATKIT_USAGE_RECORDER,
} from './tokens.js';
export type { AnswerUsage, UsageRecorder } from './usage/answer-usage.js';
export type { WorkflowSummary } from './run/workflow-summary.js';
export { CHATKIT_TOOL_SOURCE, type ToolAccess, type ToolSource } from './run/tool-source.port.js';
