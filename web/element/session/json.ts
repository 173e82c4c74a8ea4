/** A JSON object whose members are not trusted to have any particular type. */
export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; anything else, null included, counts as an empty one. */
export function record(value: unknown): JsonRecord {
  return isRecord(value) ? value : {};
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A string that has at least one visible character. */
export function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A non-negative integer, as used for positions in a list. */
export function index(value: unknown): number | undefined {
  const found = number(value);
  return found !== undefined && found >= 0 ? Math.floor(found) : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function strings(value: unknown): readonly string[] {
  return list(value).filter((entry) => typeof entry === 'string');
}

/** Reads every entry and leaves out those the reader does not know. */
export function readAll<T>(value: unknown, read: (entry: unknown) => T | undefined): readonly T[] {
  const out: T[] = [];
  for (const entry of list(value)) {
    const item = read(entry);
    if (item !== undefined) out.push(item);
  }
  return out;
}

/** One of the allowed words, or the fallback for anything newer than this code. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((word) => word === value) ?? fallback;
}

/** Leaves out members that are undefined, so that optional members stay absent. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
