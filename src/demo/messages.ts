import type { AgentContext } from '../agents/index.js';
import type {
  Annotation,
  ThreadItem,
  ThreadStreamEvent,
  WidgetItem,
  WidgetRoot,
} from '../chatkit/core/index.js';

/** The fields that every new item begins with. */
export function newItem(context: AgentContext): Pick<ThreadItem, 'id' | 'thread_id' | 'created_at'> {
  return { id: context.generateId('message'), thread_id: context.thread.id, created_at: context.now() };
}

/** A finished message of the assistant. */
export function says(text: string, context: AgentContext, annotations: Annotation[] = []): ThreadStreamEvent {
  const content = [{ type: 'output_text' as const, text, annotations }];
  return { type: 'thread.item.done', item: { ...newItem(context), type: 'assistant_message', content } };
}

/** Shows another widget in the place of the one that was used; nothing when that is unknown. */
export function* replaced(sender: WidgetItem | undefined, widget: WidgetRoot): Iterable<ThreadStreamEvent> {
  if (sender !== undefined) yield { type: 'thread.item.replaced', item: { ...sender, widget } };
}
