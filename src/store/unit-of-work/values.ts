import { OperatorError } from '../../chatkit/core/errors.js';

/**
 * A value of a statement as the text that PostgreSQL reads.
 *
 * @throws OperatorError for an object that is neither a time nor a list
 */
export function toText(value: unknown): string | null {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      if (value === null || value === undefined) return null;
      if (value instanceof Date) return value.toISOString();
      if (Array.isArray(value)) return arrayText(value);
      throw new OperatorError('a statement takes text, numbers, times and lists of them');
  }
}

function arrayText(values: readonly unknown[]): string {
  return `{${values.map(entryText).join(',')}}`;
}

function entryText(value: unknown): string {
  if (Array.isArray(value)) return arrayText(value);
  const text = toText(value);
  return text === null ? 'NULL' : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
