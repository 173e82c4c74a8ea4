export { action, actionConfig, type Action, type ActionConfig } from './actions.js';
export { attachment, type Attachment } from './attachments.js';
export { streamOptions, threadStreamEvent, type StreamOptions, type ThreadStreamEvent } from './events.js';
export { iconName, type IconName } from './icons.js';
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
} from './items.js';
export { MAX_ID_LENGTH } from './primitives.js';
export {
  attachmentCreateParams,
  chatKitRequest,
  isStreamingRequest,
  MAX_ATTACHMENTS,
  userMessageInput,
  type AttachmentCreateParams,
  type ChatKitRequest,
  type FeedbackKind,
  type PlainRequest,
  type RequestOf,
  type StreamingRequest,
  type UserMessageInput,
} from './requests.js';
export {
  annotation,
  entitySource,
  fileSource,
  source,
  urlSource,
  type Annotation,
  type Source,
} from './sources.js';
export {
  structuredInput,
  structuredInputAnswer,
  structuredInputSubmission,
  type StructuredInput,
  type StructuredInputAnswer,
  type StructuredInputSubmission,
} from './structured-input.js';
export { task, workflow, type Task, type Workflow } from './tasks.js';
export {
  thread,
  threadMetadata,
  threadStatus,
  type Page,
  type Thread,
  type ThreadMetadata,
  type ThreadStatus,
} from './threads.js';
export { threadItemUpdate, type ThreadItemUpdate } from './updates.js';
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
} from './widgets.js';
