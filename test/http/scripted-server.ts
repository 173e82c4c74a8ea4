import { ChatKitServer, MemoryStore, type ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import type {
  Action,
  ChatKitServerOptions,
  AssistantMessageItem,
  Store,
  ThreadMetadata,
  UserMessageItem,
  WidgetItem,
} from '../../src/chatkit/core/index.js';
import type { RequestContext } from '../../src/auth/context/request-context.js';

/** Writes the events of one answer. */
export type Script = (
  thread: ThreadMetadata,
  context: RequestContext,
  message: UserMessageItem | undefined,
) => AsyncIterable<ThreadStreamEvent>;

/** Answers by whatever script is set, over a store that lives as long as the test unless another is given. */
export class ScriptedServer extends ChatKitServer<RequestContext> {
  script: Script = say('Hello');
  /** Reacts to actions, whatever their type. */
  reaction: Script = say('Done');
  /** Type of the actions that it takes on threads that are locked or closed. */
  letsThrough: string | undefined;

  constructor(
    store: Store<RequestContext> = new MemoryStore(),
    options: ChatKitServerOptions<RequestContext> = {},
  ) {
    super(store, options);
  }

  override takesInactive({ type }: Action): boolean {
    return type === this.letsThrough;
  }

  override action(
    thread: ThreadMetadata,
    _action: Action,
    _sender: WidgetItem | undefined,
    context: RequestContext,
  ): AsyncIterable<ThreadStreamEvent> {
    return this.reaction(thread, context, undefined);
  }

  override respond(
    thread: ThreadMetadata,
    message: UserMessageItem | undefined,
    context: RequestContext,
  ): AsyncIterable<ThreadStreamEvent> {
    return this.script(thread, context, message);
  }
}

/** An assistant message with this text. */
export function assistantMessage(thread: ThreadMetadata, text: string, id = 'msg_a'): AssistantMessageItem {
  return {
    type: 'assistant_message',
    id,
    thread_id: thread.id,
    created_at: '2026-01-02T03:04:05Z',
    content: [{ type: 'output_text', text, annotations: [] }],
  };
}

/** One delta of the message `id`. */
export function delta(text: string, id = 'msg_a'): ThreadStreamEvent {
  return {
    type: 'thread.item.updated',
    item_id: id,
    update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
  };
}

/** Says one whole message. */
export function say(text: string): Script {
  return async function* speak(thread) {
    yield { type: 'thread.item.done', item: assistantMessage(thread, text) };
  };
}
