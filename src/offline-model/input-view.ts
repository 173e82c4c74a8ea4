import type { AgentInputItem } from '@openai/agents';
import { hiddenContext, IMAGE, MENTIONS, performedTask, QUOTED } from '../model-text/input-texts.js';

/** How messages begin that the server made of something that is no message. */
const CONTEXT = [
  QUOTED,
  firstLine(MENTIONS),
  IMAGE,
  firstLine(hiddenContext('')),
  firstLine(performedTask('')),
  'The following graphical UI widget ',
  'The following was displayed to the user:',
  'A structured input request was displayed ',
  'A generated image was displayed to the user.',
  'Files that the user has sent earlier ',
];
/** An attachment by name and type, and what is in it where that is text. */
const ATTACHED = /^\[attachment: ([^\n]+?)\](?:\n([^]*))?$/;

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

interface Part {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly image?: unknown;
  readonly file?: unknown;
  readonly filename?: unknown;
}

function partsOf(item: AgentInputItem): readonly Part[] {
  if (!('content' in item) || !Array.isArray(item.content)) return [];
  return item.content;
}

/** The words of a message, without what is attached. */
export function contentText(item: AgentInputItem): string {
  if (!('role' in item)) return '';
  if (typeof item.content === 'string') return item.content;
  return partsOf(item)
    .map(({ text }) => (typeof text === 'string' && !ATTACHED.test(text) ? text : ''))
    .filter(Boolean)
    .join('\n');
}

/** Whether a message of the user was written by the server: what was shown, quoted or mentioned. */
export function isContext(item: AgentInputItem): boolean {
  if (!('role' in item) || item.role !== 'user') return false;
  const text = contentText(item);
  return CONTEXT.some((beginning) => text.startsWith(beginning));
}

/** Name, type and text of each thing that is attached to a message, as far as they are known. */
export function attachedParts(item: AgentInputItem): string[] {
  return partsOf(item).flatMap((part) => {
    if (typeof part.text === 'string') return attachedText(part.text);
    const type = typeOf(part.image ?? part.file);
    if (part.type === 'input_image') return [`an image${type}`];
    if (part.type !== 'input_file') return [];
    return [`${typeof part.filename === 'string' ? part.filename : 'a file'}${type}`];
  });
}

function attachedText(text: string): string[] {
  const [, name, content] = ATTACHED.exec(text) ?? [];
  if (name === undefined) return [];
  return [content === undefined ? name : `${name}: ${content}`];
}

/** The type that a data URL tells. */
function typeOf(value: unknown): string {
  const type = typeof value === 'string' ? /^data:([\w.+-]+\/[\w.+-]+)/.exec(value)?.[1] : undefined;
  return type === undefined ? '' : ` (${type})`;
}

/** What a tool gave, as text. */
export function outputText(output: unknown): string {
  if (typeof output === 'string') return output;
  if (Array.isArray(output)) return output.map(outputText).filter(Boolean).join('\n');
  if (typeof output !== 'object' || output === null) return '';
  return 'text' in output && typeof output.text === 'string' ? output.text : JSON.stringify(output);
}
