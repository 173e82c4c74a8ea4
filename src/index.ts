export {
  ChatKitAdminModule,
  TypeOrmFeedbackStore,
  TypeOrmTenantSettingsStore,
  TypeOrmUsageStore,
} from './admin/index.js';
export {
  AgentContext,
  AgentExtensions,
  ChatKitAgentsModule,
  AnswerService,
  askUser,
  ChatKitAction,
  ChatKitTool,
  createModel,
  createModelHealth,
  createOpenAIModel,
  Backpressure,
  ReliableModel,
  InputGuardrail,
  CHATKIT_MODEL,
  ModelHealth,
  CHATKIT_TENANT_INSTRUCTIONS,
  OutputGuardrail,
  PortalItemConverter,
  CHATKIT_PROFILE_PROVIDER,
  RespondService,
  ResponseStreamConverter,
  simpleToAgentInput,
  streamAgentResponse,
  ThreadItemConverter,
  CHATKIT_USAGE_RECORDER,
  type ActionResult,
  type AgentContextOptions,
  type AgentRun,
  type AnswerOptions,
  type AnswerUsage,
  type ClientToolCall,
  type GuardrailInput,
  type GuardrailOptions,
  type GuardrailVerdict,
  type ModelStatus,
  type ObjectSchema,
  type OpenAIModelOptions,
  type TenantInstructions,
  type Profile,
  type ProfileProvider,
  type Prompt,
  type StreamAgentResponseOptions,
  type SyncResult,
  type ToolArguments,
  type ToolOptions,
  type UsageRecorder,
  type UserMessageTag,
  type WorkflowSummary,
} from './agents/index.js';
export { createTranscriber } from './transcription/index.js';
export {
  DegradedRetrieval,
  RetrievalHealth,
  CHATKIT_RETRIEVER,
  type Passage,
  type RetrieveOptions,
  type Retriever,
} from './retrieval/index.js';
export { ExtensionError } from './common/discovery/extension-error.js';
export { ChatKitMcpModule, McpServers, type McpServerInit } from './mcp/index.js';
export {
  WidgetTemplate,
  WidgetTemplateError,
  WidgetTemplates,
  type WidgetDefinition,
} from './widget-templates/index.js';
export {
  ChatKitAttachmentsModule,
  BlobAttachmentStore,
  type ChatKitAttachmentsModuleOptions,
  type FileScanner,
  type ScannedFile,
  type ScanVerdict,
} from './attachments/index.js';
export {
  ChatKitAdminGuard,
  ChatKitAdminOnly,
  AUTH_OPTIONS,
  AuthError,
  ChatKitAuthModule,
  authOptionsFrom,
  correlationId,
  Ctx,
  ChatKitAuthGuard,
  ChatKitIdentityModule,
  ChatKitSignInModule,
  ChatKitDevProviderModule,
  CHATKIT_IDENTITY,
  RequestContext,
  requestContext,
  ChatKitRoles,
  ChatKitRolesGuard,
  type AuthErrorCode,
  type ChatKitIdentityOptions,
  type HostIdentity,
  type IdentityFunction,
  type IdentitySource,
  type AuthOptions,
  type RequestContextInit,
  type UserProfile,
} from './auth/index.js';
export { setRequestContext } from './auth/context/request-store.js';
export {
  alwaysAvailable,
  CHATKIT_AVAILABILITY,
  CHATKIT_SERVER,
  CHATKIT_SETTINGS,
  ChatKitModule,
  ChatKitExceptionFilter,
  ChatKitLogger,
  CHATKIT_ACTIONS,
  CHATKIT_ATTACHMENT_STORE,
  CHATKIT_FEEDBACK_STORE,
  CHATKIT_SERVER_OPTIONS,
  CHATKIT_TRANSCRIBER,
  ChatKitIndicator,
  type ChatKitExtras,
  type ChatKitOptions,
  type ChatAvailability,
  type ChatKitModuleAsyncOptions,
  type ChatKitModuleOptions,
  type ChatKitSettings,
  type ChatState,
  type ChatStatus,
  type DisconnectPolicy,
  type ProviderSource,
} from './chatkit/index.js';
export { AgentsConfig } from './config/agents.config.js';
export { AttachmentsConfig } from './config/attachments.config.js';
export { AuthConfig } from './config/auth.config.js';
export { DocumentsConfig } from './config/documents.config.js';
export { HttpConfig } from './config/http.config.js';
export { McpConfig } from './config/mcp.config.js';
export { StoreConfig } from './config/store.config.js';
export { ConfigError, Env, loadConfig } from './config/validate.js';
export {
  ChatKitDocumentsModule,
  DocumentsService,
  OpenAIEmbeddings,
  PostgresRetriever,
  VectorIndex,
  type DocumentQuery,
  type DocumentUpload,
  type EmbeddingsProvider,
  type OpenAIEmbeddingsOptions,
} from './documents/index.js';
export { ChatKitHealthModule, type ChatKitHealthModuleOptions } from './health/index.js';
export {
  ChatKitDatabase,
  ChatKitStoreModule,
  TypeOrmAttachmentRecords,
  TypeOrmStore,
  type ChatKitStoreExtras,
  type ChatKitStoreModuleOptions,
} from './store/index.js';
export { completeConfig, type ConfigInit } from './config/complete-config.js';
export { chatKitNamespaces } from './config/namespaces.js';
export type { HealthIndicator, HealthReport } from './common/health.js';
export { systemClock, type Clock } from './common/clock.js';
export {
  CHATKIT_OBSERVER,
  type ChatKitObserver,
  type ObservedModelCall,
  type ObservedOutcome,
  type ObservedRequest,
  type ObservedStatements,
  type ObservedToolCall,
} from './common/observer/observer.port.js';
