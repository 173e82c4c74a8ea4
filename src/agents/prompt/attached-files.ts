import type { Attachment, CoreLogger, ThreadItem } from '../../chatkit/core/index.js';
import { textPart, userInput, type InputPart, type UserInput } from '../convert/input-items.js';
import { messageText } from '../../model-text/data-text.js';
import { attachmentText } from './item-text.js';

/** Types that every model that sees takes as images. */
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);
/** Longest name of a file with its type. */
const MAX_NAME = 1000;
/** Longest text of one file. */
const MAX_TEXT = 100_000;
/** Bytes of one character in UTF-8 at most, so that no more of a file is decoded than is given. */
const BYTES_PER_CHARACTER = 4;

/** Where the content of attached files comes from, and how much of it a request may hold. */
export interface FileSource {
  /**
   * The content, or undefined when it is larger than that.
   *
   * @throws NotFoundError when it is not there
   */
  read(attachment: Attachment, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Bytes of all files together. */
  readonly maxBytes: number;
  /** Characters of all files together that are text. */
  readonly maxCharacters: number;
  readonly logger: CoreLogger;
}

/** Attached files as the model gets them. */
export interface AttachedFiles {
  /** What they are in the input, by the id of the attachment. */
  readonly parts: ReadonlyMap<string, InputPart>;
  /** Ids of those that should be there and could not be read. */
  readonly unread: ReadonlySet<string>;
}

/** What there is where nothing is attached, or nothing gives the content. */
export const NO_FILES: AttachedFiles = { parts: new Map(), unread: new Set() };

/**
 * As many files as there is room for, those of the newest items first; of the others a line says that they are left
 * out, or could not be read.
 */
export async function attachedFiles(
  items: readonly ThreadItem[],
  source: FileSource,
): Promise<AttachedFiles> {
  const parts = new Map<string, InputPart>();
  const unread = new Set<string>();
  let { maxBytes: bytes, maxCharacters: characters } = source;
  for (const attachment of items.toReversed().flatMap(attachmentsOf)) {
    if (parts.has(attachment.id)) continue;
    const hasRoom = bytes > 0 && (characters > 0 || !isText(attachment));
    const content = hasRoom ? await contentOf(attachment, bytes, source) : undefined;
    if (content === undefined || content === 'unread') {
      if (content === 'unread') unread.add(attachment.id);
      parts.set(attachment.id, without(attachment, content));
      continue;
    }
    bytes -= content.length;
    if (isText(attachment)) {
      const text = textOf(content, Math.min(MAX_TEXT, characters));
      characters -= text.length;
      parts.set(attachment.id, textPart(`${nameOf(attachment)}\n${text}`));
    } else parts.set(attachment.id, dataPart(attachment, content));
  }
  return { parts, unread };
}

/** What was sent before, for a conversation that is otherwise told in the instructions. */
export function earlierFiles(items: readonly ThreadItem[], { parts: files }: AttachedFiles): UserInput[] {
  const sent = items.flatMap(attachmentsOf).filter(({ id }) => files.has(id));
  if (sent.length === 0) return [];
  const parts = sent.flatMap((attachment) => {
    const part = files.get(attachment.id);
    if (part === undefined) return [];
    return part.type === 'input_text' ? [part] : [textPart(nameOf(attachment)), part];
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
): Promise<Uint8Array | 'unread' | undefined> {
  try {
    return await source.read(attachment, maxBytes);
  } catch (error) {
    source.logger.warn('an attached file could not be read for the model', {
      attachment: attachment.id,
      error,
    });
    return 'unread';
  }
}

function isText({ mime_type: type }: Attachment): boolean {
  return type.startsWith('text/') || type === 'application/json';
}

function textOf(content: Uint8Array, max: number): string {
  const beginning = content.subarray(0, (max + 1) * BYTES_PER_CHARACTER);
  return messageText(new TextDecoder().decode(beginning), max);
}

function nameOf(attachment: Attachment): string {
  return messageText(attachmentText(attachment), MAX_NAME);
}

function without(attachment: Attachment, why: 'unread' | undefined): InputPart {
  const fate = why === undefined ? 'left out' : 'could not be read';
  return textPart(messageText(attachmentText(attachment, fate), MAX_NAME));
}

function dataPart({ name, mime_type: type }: Attachment, content: Uint8Array): InputPart {
  const url = `data:${type};base64,${Buffer.from(content).toString('base64')}`;
  return IMAGES.has(type)
    ? { type: 'input_image', image: url, detail: 'auto' }
    : { type: 'input_file', file: url, filename: messageText(name, MAX_NAME) };
}
