/**
 * What the element keeps of the wire objects: the shapes after reading, with unknown members left out and
 * null treated as absent. Names stay as on the wire.
 */
export interface ThreadStatus {
  readonly type: 'active' | 'locked' | 'closed';
  readonly reason?: string;
}

export interface ThreadInfo {
  readonly id: string;
  readonly created_at: string;
  readonly status: ThreadStatus;
  readonly title?: string;
  readonly allowed_image_domains?: readonly string[];
}

export interface ItemBase {
  readonly id: string;
  readonly thread_id: string;
  readonly created_at: string;
  /** Id the item was first shown under, when the server's own came later. */
  readonly shown_as?: string;
}

export type UserContent =
  | { readonly type: 'input_text'; readonly text: string }
  | {
      readonly type: 'input_tag';
      readonly id: string;
      readonly text: string;
      readonly group?: string;
      readonly interactive: boolean;
      readonly data: Readonly<Record<string, unknown>>;
    };

export interface AttachmentInfo {
  readonly type: 'file' | 'image';
  readonly id: string;
  readonly name: string;
  readonly mime_type: string;
  readonly preview_url?: string;
  /** Bytes; known while the file was uploaded here. */
  readonly size?: number;
}

export interface InferenceOptions {
  readonly tool_choice?: { readonly id: string };
  readonly model?: string;
}

export interface UserMessageItem extends ItemBase {
  readonly type: 'user_message';
  readonly content: readonly UserContent[];
  readonly attachments: readonly AttachmentInfo[];
  readonly quoted_text?: string;
  readonly inference_options: InferenceOptions;
}

export type Source =
  | { readonly type: 'url'; readonly title: string; readonly url: string; readonly attribution?: string }
  | { readonly type: 'file'; readonly title: string; readonly filename: string }
  | {
      readonly type: 'entity';
      readonly title: string;
      readonly id: string;
      readonly icon?: string;
      readonly label?: string;
      readonly inline_label?: string;
      readonly interactive: boolean;
      readonly data: Readonly<Record<string, unknown>>;
    };

export interface Annotation {
  readonly source: Source;
  /** Character offset in the part's source text. */
  readonly index?: number;
}

export interface TextPart {
  readonly text: string;
  readonly annotations: readonly Annotation[];
}

export interface AssistantMessageItem extends ItemBase {
  readonly type: 'assistant_message';
  readonly content: readonly TextPart[];
}

export interface ClientToolCallItem extends ItemBase {
  readonly type: 'client_tool_call';
  readonly status: 'pending' | 'completed';
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** A widget component as the server sent it; members are read where they are shown. */
export interface WidgetNode {
  readonly type: string;
  readonly id?: string;
  readonly [member: string]: unknown;
}

export interface WidgetItem extends ItemBase {
  readonly type: 'widget';
  readonly widget: WidgetNode;
  readonly copy_text?: string;
}

export interface GeneratedImageItem extends ItemBase {
  readonly type: 'generated_image';
  readonly image?: { readonly id: string; readonly url: string };
  /** From 0 to 1 while partial images arrive. */
  readonly progress?: number;
}

export interface Question {
  readonly id: string;
  readonly type: 'multiple_choice' | 'freeform';
  readonly question: string;
  readonly description?: string;
  readonly options: readonly string[];
  readonly multiple: boolean;
  readonly answer?: { readonly values: readonly string[]; readonly skipped: boolean };
}

export interface StructuredInputItem extends ItemBase {
  readonly type: 'structured_input';
  readonly status: 'pending' | 'answered' | 'skipped';
  readonly inputs: readonly Question[];
}

export interface Task {
  /** Unknown ones show nothing, and keep their place for the updates of those beside them. */
  readonly type: 'custom' | 'thought' | 'web_search' | 'file' | 'image' | 'unknown';
  readonly status_indicator: 'none' | 'loading' | 'complete';
  readonly title?: string;
  readonly title_query?: string;
  readonly icon?: string;
  readonly content?: string;
  readonly queries: readonly string[];
  readonly sources: readonly Source[];
}

export interface TaskItem extends ItemBase {
  readonly type: 'task';
  readonly task: Task;
}

export interface Workflow {
  readonly type: 'custom' | 'reasoning';
  readonly tasks: readonly Task[];
  readonly summary?: { readonly title?: string; readonly icon?: string; readonly duration?: number };
  readonly expanded: boolean;
}

export interface WorkflowItem extends ItemBase {
  readonly type: 'workflow';
  readonly workflow: Workflow;
}

export interface EndOfTurnItem extends ItemBase {
  readonly type: 'end_of_turn';
}

export type Item =
  | UserMessageItem
  | AssistantMessageItem
  | ClientToolCallItem
  | WidgetItem
  | GeneratedImageItem
  | StructuredInputItem
  | TaskItem
  | WorkflowItem
  | EndOfTurnItem;

export interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly after?: string;
}
