export { AgentContext, type AgentContextOptions, type ClientToolCall } from './agent-context.js';
export { AgentsModule, createModel, createModelHealth } from './agents.module.js';
export { AnswerService, type AnswerOptions } from './answer.service.js';
export { askUser } from './ask-user/ask-user.js';
export { MAX_INSTRUCTIONS, type OrganisationInstructions } from './context/organisation-instructions.js';
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
export { ChatKitAction, type ActionResult, type SyncResult } from './extend/action.decorator.js';
export { AgentActions } from './extend/agent-actions.js';
export { AgentExtensions } from './extend/agent-extensions.js';
export type { GuardrailOptions, ObjectSchema, ToolOptions } from './extend/declaration.js';
export { assertDecorated } from './extend/decorated-methods.js';
export { ExtensionError } from './extend/extension-error.js';
export {
  InputGuardrail,
  OutputGuardrail,
  type GuardrailInput,
  type GuardrailVerdict,
} from './extend/guardrail.decorators.js';
export { ChatKitTool, type ToolArguments } from './extend/tool.decorator.js';
export { McpModule } from './mcp/mcp.module.js';
export { McpServers, type McpServerInit, type McpStatus } from './mcp/mcp-servers.js';
export type { TokenSource } from './mcp/mcp-server.js';
export { Flow } from './model/flow.js';
export { GuardedModel } from './model/guarded-model.js';
export { modelFailure, type ModelFailure } from './model/model-failure.js';
export { ModelHealth, type ModelStatus } from './model/model-status.js';
export { createOpenAIModel, type OpenAIModelOptions } from './model/openai-model.js';
export { OFFLINE_MODEL, OfflineModel, type OfflineModelOptions } from './offline/offline-model.js';
export { systemScheduler, type Scheduler } from './offline/scheduler.js';
export { PAGE_LIMITS, readPageContext, type PageContext } from './prompt/page-context.js';
export { PortalItemConverter } from './prompt/portal-item-converter.js';
export { buildPrompt, type Prompt, type PromptOptions } from './prompt/prompt.js';
export { systemPrompt } from './prompt/system-prompt.js';
export { DegradedRetrieval } from './retrieval/degraded-retrieval.js';
export { RetrievalHealth } from './retrieval/retrieval-health.js';
export type { Passage, RetrieveOptions, Retriever } from './retrieval/retriever.js';
export { RespondService } from './respond.service.js';
export {
  streamAgentResponse,
  type AgentRun,
  type StreamAgentResponseOptions,
} from './stream-agent-response.js';
export { Titles } from './title.service.js';
export {
  MODEL,
  ORGANISATION_INSTRUCTIONS,
  PROFILE_PROVIDER,
  RESPOND_OPTIONS,
  RETRIEVER,
  USAGE_RECORDER,
} from './tokens.js';
export { WidgetTemplateError } from './widgets/widget-template-error.js';
export { WidgetTemplate, type WidgetDefinition } from './widgets/widget-template.js';
export { WidgetTemplates } from './widgets/widget-templates.js';
export type { AnswerUsage, UsageRecorder } from './usage/answer-usage.js';
export { createTranscriber } from './transcription/openai-transcriber.js';
export type { WorkflowSummary } from './workflow-summary.js';
