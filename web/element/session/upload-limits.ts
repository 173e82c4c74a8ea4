import { isRecord, number, record, strings } from './json.js';

const MEBIBYTE = 1024 * 1024;
const DEFAULT_MAX_SIZE = 100 * MEBIBYTE;
const DEFAULT_MAX_COUNT = 10;
const UNKNOWN_TYPE = 'application/octet-stream';

/** Which files the composer takes. */
export interface AttachmentOptions {
  readonly enabled: boolean;
  /** Bytes per file by MIME type; `image/*` names a family, `*` and the empty string everything else. */
  readonly maxSizes: Readonly<Record<string, number>>;
  readonly maxCount: number;
  /** File name endings by MIME type; undefined when every file may come. */
  readonly accept: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Why a file was not taken. */
export interface Refusal {
  readonly why: 'type' | 'size' | 'count';
  readonly name: string;
  /** Bytes for `size`, files for `count`. */
  readonly limit: number;
}

export function readAttachmentOptions(value: unknown): AttachmentOptions {
  const options = record(value);
  const maxCount = number(options.maxCount);
  return {
    enabled: options.enabled === true,
    maxSizes: readSizes(options.maxSize),
    maxCount: maxCount === undefined ? DEFAULT_MAX_COUNT : Math.max(0, Math.floor(maxCount)),
    accept: isRecord(options.accept) ? readAccept(options.accept) : undefined,
  };
}

function readSizes(value: unknown): Readonly<Record<string, number>> {
  const given = isRecord(value) ? value : { '*': value };
  const sizes = Object.entries(given).map(([type, size]) => [type.toLowerCase(), number(size)] as const);
  return Object.fromEntries(sizes.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

function readAccept(value: object): Readonly<Record<string, readonly string[]>> {
  const rules = Object.entries(value).map(([type, endings]) => [
    type.toLowerCase(),
    strings(endings).map((ending) => (ending.startsWith('.') ? ending : `.${ending}`).toLowerCase()),
  ]);
  return Object.fromEntries(rules) as Record<string, string[]>;
}

function hasEnding(name: string, endings: readonly string[]): boolean {
  return endings.some((ending) => name.toLowerCase().endsWith(ending));
}

/** The file's MIME type; for one that the browser does not know, what the accepted endings say. */
export function typeOf({ name, type }: Pick<File, 'name' | 'type'>, { accept }: AttachmentOptions): string {
  if (type !== '') return type.toLowerCase();
  const [found] = Object.entries(accept ?? {}).find(([, endings]) => hasEnding(name, endings)) ?? [];
  return found === undefined || found.includes('*') ? UNKNOWN_TYPE : found;
}

/** Value of a file input's `accept`. */
export function acceptAttribute({ accept }: AttachmentOptions): string | undefined {
  return accept && Object.entries(accept).flat(2).join(',');
}

/** The reason not to take the file after `count` others; undefined when it may come. */
export function refusalOf(file: File, count: number, options: AttachmentOptions): Refusal | undefined {
  const { name } = file;
  const type = typeOf(file, options);
  if (!isAccepted(name, type, options)) return { why: 'type', name, limit: 0 };
  const limit = maxSizeOf(type, options);
  if (file.size > limit) return { why: 'size', name, limit };
  return count >= options.maxCount ? { why: 'count', name, limit: options.maxCount } : undefined;
}

function isAccepted(name: string, type: string, { accept }: AttachmentOptions): boolean {
  if (!accept) return true;
  return Object.entries(accept).some(
    ([rule, endings]) => rule === type || familiesOf(type).includes(rule) || hasEnding(name, endings),
  );
}

function maxSizeOf(type: string, { maxSizes }: AttachmentOptions): number {
  const rule = [type, ...familiesOf(type)].find((name) => Object.hasOwn(maxSizes, name));
  return (rule === undefined ? undefined : maxSizes[rule]) ?? DEFAULT_MAX_SIZE;
}

/** The patterns that a type falls under, narrowest first. */
function familiesOf(type: string): readonly string[] {
  return [`${type.split('/')[0] ?? ''}/*`, '*/*', '*', ''];
}
