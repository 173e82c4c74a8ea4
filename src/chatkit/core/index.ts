export {
  ChatKitError,
  CustomStreamError,
  InvalidRequestError,
  InvalidStateError,
  LimitReachedError,
  NotFoundError,
  StreamError,
  UnavailableError,
  UnsupportedError,
  type ErrorLogLevel,
} from './errors.js';
export { generateId, type RandomBytes, type StoreItemType } from './ids.js';
export { silentLogger, type CoreLogger, type LogFacts } from './logger.js';
export type { ActionCall, ActionHandlers, SyncActionResult } from './requests/action-handlers.js';
export type { AudioInput, ProcessOptions } from './requests/hooks.js';
export { MAX_JSON_DEPTH, parseRequest, requestMetadata } from './requests/parse.js';
export { DEFAULT_PAGE_SIZE } from './requests/threads.js';
export { encodeEvent, publicAttachment, publicItem, publicThread } from './serialise.js';
export type { ChatKitServerOptions, MessageCheck, Transcriber } from './server/options.js';
export { ChatKitServer, type ProcessResult } from './server/server.js';
export { AttachmentStore } from './store/attachment-store.js';
export type { FeedbackStore } from './store/feedback-store.js';
export { MemoryStore } from './store/memory-store.js';
export { TextPage, type PageQuery, type PageText } from './store/page.js';
export type { TenantScope } from './store/scope.js';
export { Store, type AddMessageOptions } from './store/store.js';
export { historyIn, type History, type KnownItems } from './requests/history.js';
export { streamWidget, type StreamWidgetOptions } from './widgets/stream-widget.js';
export { diffWidget } from './widgets/widget-diff.js';
export { action, actionConfig, type Action, type ActionConfig } from './wire/actions.js';
export { attachment, type Attachment } from './wire/attachments.js';
export {
  streamOptions,
  threadStreamEvent,
  type StreamOptions,
  type ThreadStreamEvent,
} from './wire/events.js';
export { iconName, type IconName } from './wire/icons.js';
export {
  assistantMessageContent,
  assistantMessageItem,
  clientToolCallItem,
  endOfTurnItem,
  generatedImage,
  generatedImageItem,
  hiddenContextItem,
  inferenceOptions,
  isHidden,
  sdkHiddenContextItem,
  structuredInputItem,
  taskItem,
  threadItem,
  userMessageContent,
  userMessageItem,
  widgetItem,
  workflowItem,
  type AssistantMessageContent,
  type AssistantMessageItem,
  type ClientToolCallItem,
  type EndOfTurnItem,
  type GeneratedImage,
  type GeneratedImageItem,
  type HiddenContextItem,
  type InferenceOptions,
  type SdkHiddenContextItem,
  type StructuredInputItem,
  type TaskItem,
  type ThreadItem,
  type UserMessageContent,
  type UserMessageItem,
  type WidgetItem,
  type WorkflowItem,
} from './wire/items.js';
export { MAX_ID_LENGTH } from './wire/lengths.js';
export {
  attachmentCreateParams,
  chatKitRequest,
  isStreamingRequest,
  MAX_ATTACHMENTS,
  MAX_CONTENT_PARTS,
  MAX_FEEDBACK_ITEMS,
  userMessageInput,
  type AttachmentCreateParams,
  type ChatKitRequest,
  type FeedbackKind,
  type PlainRequest,
  type RequestOf,
  type StreamingRequest,
  type UserMessageInput,
} from './wire/requests.js';
export {
  annotation,
  entitySource,
  fileSource,
  source,
  urlSource,
  type Annotation,
  type Source,
} from './wire/sources.js';
export {
  MAX_ANSWERS,
  structuredInput,
  structuredInputAnswer,
  structuredInputSubmission,
  type StructuredInput,
  type StructuredInputAnswer,
  type StructuredInputSubmission,
} from './wire/structured-input.js';
export { task, workflow, type Task, type Workflow } from './wire/tasks.js';
export {
  thread,
  threadMetadata,
  threadStatus,
  type Page,
  type Thread,
  type ThreadMetadata,
  type ThreadStatus,
} from './wire/threads.js';
export { threadItemUpdate, type ThreadItemUpdate } from './wire/updates.js';
export {
  widgetComponent,
  widgetRoot,
  type Box,
  type Card,
  type Col,
  type DynamicComponent,
  type DynamicRoot,
  type Form,
  type KnownComponent,
  type ListView,
  type ListViewItem,
  type Row,
  type Transition,
  type WidgetComponent,
  type WidgetRoot,
} from './wire/widgets.js';
