import { compact, index, number, record, text } from './json.js';
import type { JsonRecord } from './json.js';
import { readImage, readWidget } from './read-items.js';
import { readAnnotation, readTask, readTextPart } from './read-parts.js';
import { changeComponent } from './widget-tree.js';
import type { AssistantMessageItem, Item, TextPart, WidgetItem, WorkflowItem } from './wire.js';

/** A stream may not grow a message beyond this many parts. */
const MAX_PARTS = 1_000;
const EMPTY_PART: TextPart = { text: '', annotations: [] };

/** Applies one item update; an update that does not fit the item leaves it as it is. */
export function applyUpdate(item: Item, value: unknown): Item {
  const update = record(value);
  const type = text(update.type) ?? '';
  if (item.type === 'assistant_message' && type.startsWith('assistant_message.'))
    return updateMessage(item, update);
  if (item.type === 'widget' && type.startsWith('widget.')) return updateWidget(item, update);
  if (item.type === 'workflow' && type.startsWith('workflow.')) return updateWorkflow(item, update);
  if (item.type === 'generated_image' && type === 'generated_image.updated') {
    const image = readImage(update.image);
    return { ...item, ...compact({ image, progress: number(update.progress) }) };
  }
  return item;
}

function updateMessage(item: AssistantMessageItem, update: JsonRecord): Item {
  const at = index(update.content_index);
  if (at === undefined || at >= MAX_PARTS) return item;
  const content = [...item.content];
  while (content.length <= at) content.push(EMPTY_PART);
  const part = content[at] ?? EMPTY_PART;
  switch (update.type) {
    case 'assistant_message.content_part.added':
    case 'assistant_message.content_part.done':
      content[at] = readTextPart(update.content);
      break;
    case 'assistant_message.content_part.text_delta':
      content[at] = { ...part, text: part.text + (text(update.delta) ?? '') };
      break;
    case 'assistant_message.content_part.annotation_added': {
      const annotation = readAnnotation(update.annotation);
      if (!annotation) return item;
      const place = index(update.annotation_index) ?? part.annotations.length;
      content[at] = { ...part, annotations: part.annotations.toSpliced(place, 0, annotation) };
      break;
    }
    default:
      return item;
  }
  return { ...item, content };
}

function updateWidget(item: WidgetItem, update: JsonRecord): Item {
  if (update.type === 'widget.root.updated') {
    const widget = readWidget(update.widget);
    return widget ? { ...item, widget } : item;
  }
  const id = text(update.component_id);
  if (id === undefined) return item;
  if (update.type === 'widget.component.updated') {
    const component = readWidget(update.component);
    return component ? { ...item, widget: changeComponent(item.widget, id, () => component) } : item;
  }
  if (update.type === 'widget.streaming_text.value_delta') {
    const delta = text(update.delta) ?? '';
    const streaming = update.done !== true;
    const widget = changeComponent(item.widget, id, (node) => ({
      ...node,
      value: (text(node.value) ?? '') + delta,
      streaming,
    }));
    return { ...item, widget };
  }
  return item;
}

function updateWorkflow(item: WorkflowItem, update: JsonRecord): Item {
  const at = index(update.task_index);
  const task = readTask(update.task);
  if (at === undefined || !task) return item;
  const { tasks } = item.workflow;
  const known = at < tasks.length;
  if (update.type === 'workflow.task.updated' && known) {
    return { ...item, workflow: { ...item.workflow, tasks: tasks.with(at, task) } };
  }
  if (update.type !== 'workflow.task.added' && update.type !== 'workflow.task.updated') return item;
  return { ...item, workflow: { ...item.workflow, tasks: tasks.toSpliced(at, 0, task) } };
}
