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
  /** The content, or undefined when it is larger than that or not there. */
  read(attachment: Attachment, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Bytes of all files together. */
  readonly maxBytes: number;
  /** Characters of all files together that are text. */
  readonly maxCharacters: number;
  readonly logger: CoreLogger;
}

/** Content of attached files as parts of the input, by the id of the attachment. */
export type AttachedFiles = ReadonlyMap<string, InputPart>;

/** As many files as there is room for, those of the newest items first; of the others a line says that they are not there. */
export async function attachedFiles(
  items: readonly ThreadItem[],
  source: FileSource,
): Promise<AttachedFiles> {
  const files = new Map<string, InputPart>();
  let { maxBytes: bytes, maxCharacters: characters } = source;
  for (const attachment of items.toReversed().flatMap(attachmentsOf)) {
    if (files.has(attachment.id)) continue;
    const hasRoom = bytes > 0 && (characters > 0 || !isText(attachment));
    const content = hasRoom ? await contentOf(attachment, bytes, source) : undefined;
    if (content === undefined) {
      files.set(attachment.id, leftOut(attachment));
      continue;
    }
    bytes -= content.length;
    if (isText(attachment)) {
      const text = textOf(content, Math.min(MAX_TEXT, characters));
      characters -= text.length;
      files.set(attachment.id, textPart(`${nameOf(attachment)}\n${text}`));
    } else files.set(attachment.id, dataPart(attachment, content));
  }
  return files;
}

/** What was sent before, for a conversation that is otherwise told in the instructions. */
export function earlierFiles(items: readonly ThreadItem[], files: AttachedFiles): UserInput[] {
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
): Promise<Uint8Array | undefined> {
  try {
    return await source.read(attachment, maxBytes);
  } catch (error) {
    source.logger.warn('an attached file could not be read for the model', { error });
    return undefined;
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

function leftOut(attachment: Attachment): InputPart {
  return textPart(messageText(attachmentText(attachment, 'left out'), MAX_NAME));
}

function dataPart({ name, mime_type: type }: Attachment, content: Uint8Array): InputPart {
  const url = `data:${type};base64,${Buffer.from(content).toString('base64')}`;
  return IMAGES.has(type)
    ? { type: 'input_image', image: url, detail: 'auto' }
    : { type: 'input_file', file: url, filename: messageText(name, MAX_NAME) };
}
