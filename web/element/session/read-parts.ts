import { compact, filled, index, isRecord, number, oneOf, readAll, record, strings, text } from './json.js';
import type {
  Annotation,
  AttachmentInfo,
  Question,
  Source,
  Task,
  TextPart,
  UserContent,
  Workflow,
} from './wire.js';

/** Readers of what items contain. Each gives undefined for a shape it does not know. */
export function readUserContent(value: unknown): UserContent | undefined {
  const part = record(value);
  if (part.type === 'input_text') return { type: 'input_text', text: text(part.text) ?? '' };
  const id = text(part.id);
  if (part.type !== 'input_tag' || id === undefined) return undefined;
  return compact({
    type: 'input_tag' as const,
    id,
    text: text(part.text) ?? id,
    group: text(part.group),
    interactive: part.interactive === true,
    data: record(part.data),
  });
}

export function readAttachment(value: unknown): AttachmentInfo | undefined {
  const found = record(value);
  const id = text(found.id);
  if (id === undefined) return undefined;
  return compact({
    type: oneOf(found.type, ['file', 'image'], 'file'),
    id,
    name: text(found.name) ?? id,
    mime_type: text(found.mime_type) ?? '',
    preview_url: text(found.preview_url),
    size: number(found.size),
  });
}

function readSource(value: unknown): Source | undefined {
  const source = record(value);
  const title = text(source.title) ?? '';
  const url = filled(source.url);
  if (source.type === 'url' && url !== undefined) {
    return compact({ type: 'url' as const, title, url, attribution: filled(source.attribution) });
  }
  if (source.type === 'file') return { type: 'file', title, filename: text(source.filename) ?? title };
  const id = text(source.id);
  if (source.type !== 'entity' || id === undefined) return undefined;
  return compact({
    type: 'entity' as const,
    title,
    id,
    icon: text(source.icon),
    label: text(source.label),
    inline_label: text(source.inline_label),
    interactive: source.interactive === true,
    data: record(source.data),
  });
}

export function readAnnotation(value: unknown): Annotation | undefined {
  const annotation = record(value);
  const source = readSource(annotation.source);
  return source && compact({ source, index: index(annotation.index) });
}

export function readTextPart(value: unknown): TextPart {
  const part = record(value);
  return { text: text(part.text) ?? '', annotations: readAll(part.annotations, readAnnotation) };
}

export function readTask(value: unknown): Task | undefined {
  if (!isRecord(value)) return undefined;
  return compact({
    type: oneOf(value.type ?? 'custom', ['custom', 'thought', 'web_search', 'file', 'image'], 'unknown'),
    status_indicator: oneOf(value.status_indicator, ['none', 'loading', 'complete'], 'none'),
    title: filled(value.title),
    title_query: filled(value.title_query),
    icon: text(value.icon),
    content: filled(value.content),
    queries: strings(value.queries),
    sources: readAll(value.sources, readSource),
  });
}

export function readWorkflow(value: unknown): Workflow {
  const workflow = record(value);
  const summary = isRecord(workflow.summary) ? workflow.summary : undefined;
  return compact({
    type: oneOf(workflow.type, ['custom', 'reasoning'], 'custom'),
    tasks: readAll(workflow.tasks, readTask),
    summary:
      summary &&
      compact({
        title: filled(summary.title),
        icon: text(summary.icon),
        duration: number(summary.duration),
      }),
    expanded: workflow.expanded === true,
  });
}

export function readQuestion(value: unknown): Question | undefined {
  const question = record(value);
  const id = text(question.id);
  if (id === undefined) return undefined;
  const answer = isRecord(question.answer) ? question.answer : undefined;
  return compact({
    id,
    type: oneOf(question.type, ['multiple_choice', 'freeform'], 'freeform'),
    question: text(question.question) ?? '',
    description: filled(question.description),
    options: readAll(question.options, (option) => text(record(option).value)),
    multiple: question.multiple === true,
    answer: answer && { values: strings(answer.values), skipped: answer.skipped === true },
  });
}
