import type { Attachment, CoreLogger, ThreadItem } from '../../chatkit/core/index.js';
import { textPart, userInput, type InputPart, type UserInput } from '../convert/input-items.js';
import { messageText } from './data-text.js';
import { attachmentText } from './item-text.js';

/** Types that every model that sees takes as images. */
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** Longest text of one file. */
const MAX_TEXT = 100_000;

/** Where the content of attached files comes from, and how much of it a request may hold. */
export interface FileSource {
  /** The content, or undefined when it is larger than that or not there. */
  read(attachment: Attachment, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Bytes of all files together. */
  readonly maxBytes: number;
  readonly logger: CoreLogger;
}

/** Content of attached files as parts of the input, by the id of the attachment. */
export type AttachedFiles = ReadonlyMap<string, InputPart>;

/** As many files as there is room for, those of the newest items first; the others are only mentioned. */
export async function attachedFiles(
  items: readonly ThreadItem[],
  source: FileSource,
): Promise<AttachedFiles> {
  const files = new Map<string, InputPart>();
  let left = source.maxBytes;
  for (const attachment of items.toReversed().flatMap(attachmentsOf)) {
    if (left <= 0) break;
    if (files.has(attachment.id)) continue;
    const content = await contentOf(attachment, left, source);
    if (content === undefined) continue;
    left -= content.length;
    files.set(attachment.id, partOf(attachment, content));
  }
  return files;
}

/** What was sent before, for a conversation that is otherwise told in the instructions. */
export function earlierFiles(items: readonly ThreadItem[], files: AttachedFiles): UserInput[] {
  const sent = items.flatMap(attachmentsOf).filter(({ id }) => files.has(id));
  if (sent.length === 0) return [];
  const parts = sent.flatMap((attachment) => {
    const part = files.get(attachment.id);
    return part === undefined ? [] : [textPart(messageText(attachmentText(attachment), MAX_TEXT)), part];
  });
  return [userInput(textPart('Files that the user has sent earlier in this conversation:'), ...parts)];
}

function attachmentsOf(item: ThreadItem): readonly Attachment[] {
  return item.type === 'user_message' ? item.attachments : [];
}

/** An answer without one of its files is better than none. */
async function contentOf(
  attachment: Attachment,
  maxBytes: number,
  source: FileSource,
): Promise<Uint8Array | undefined> {
  try {
    return await source.read(attachment, maxBytes);
  } catch (error) {
    source.logger.warn('an attached file could not be read for the model', { error });
    return undefined;
  }
}

function partOf(attachment: Attachment, content: Uint8Array): InputPart {
  const { name, mime_type: type } = attachment;
  if (type.startsWith('text/') || type === 'application/json') {
    const text = new TextDecoder().decode(content);
    return textPart(messageText(`${attachmentText(attachment)}\n${text}`, MAX_TEXT));
  }
  const url = `data:${type};base64,${Buffer.from(content).toString('base64')}`;
  return IMAGES.has(type)
    ? { type: 'input_image', image: url, detail: 'auto' }
    : { type: 'input_file', file: url, filename: name };
}
