import { createReadStream } from 'node:fs';
import { hasCode } from '../../common/has-code.js';
import { InvalidRequestError } from '../../chatkit/core/index.js';

/** Types that have no mark of their own: they are text, and nothing else can be said of them. */
const isText = (type: string): boolean => type.startsWith('text/') || type === 'application/json';
/** Text that is recognised as something; as text it does no harm. */
const RECOGNISED_TEXT = new Set(['application/xml', 'application/x-subrip', 'text/vtt', 'text/calendar']);

const TEXT_BY_ENDING: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
};

/** The media type that a client declares, without parameters; where it has no idea, by the ending of the name. */
export function declaredType(name: string, type: string): string {
  const [essence = ''] = type.toLowerCase().split(';', 1);
  const declared = essence.trim();
  if (declared !== '' && declared !== 'application/octet-stream') return declared;
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return TEXT_BY_ENDING[ending] ?? declared;
}

/**
 * Lets a file pass whose content is what it was declared as.
 *
 * @param field name of the field that is to blame
 * @throws InvalidRequestError naming the field
 */
export async function checkContent(path: string, declared: string, field: string): Promise<void> {
  const detected = await typeOf(path);
  if (!isText(declared)) {
    if (detected === declared) return;
    throw new InvalidRequestError(`${field}: the content is not of the type ${declared}`, field);
  }
  if ((detected === undefined || RECOGNISED_TEXT.has(detected)) && (await isUtf8(path))) return;
  throw new InvalidRequestError(`${field}: the content is not text in UTF-8`, field);
}

/** The type that the content shows; undefined when it shows none, or is too broken to tell. */
async function typeOf(path: string): Promise<string | undefined> {
  const { fileTypeFromFile } = await import('file-type');
  const type = (await fileTypeFromFile(path).catch(() => undefined))?.mime;
  return type === 'image/apng' ? 'image/png' : type;
}

/** Whether the file is text in UTF-8, without the characters that only binary files have. */
async function isUtf8(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const content: AsyncIterable<Buffer> = createReadStream(path);
  try {
    for await (const chunk of content) {
      if (chunk.includes(0)) return false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (hasCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA')) return false;
    throw error;
  }
}
