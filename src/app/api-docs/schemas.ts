import type { Schema } from './field-schema.js';

export const text: Schema = { type: 'string' };
export const count: Schema = { type: 'integer', minimum: 0 };
export const flag: Schema = { type: 'boolean' };
export const time: Schema = { type: 'string', format: 'date-time' };
export const day: Schema = { type: 'string', format: 'date' };

export const oneOf = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });
export const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** @param optional those that may be left out */
export function object(
  properties: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  const required = Object.keys(properties);
  return {
    type: 'object',
    properties: { ...properties, ...optional },
    ...(required.length > 0 && { required }),
  };
}

/** A page of a list, with what asks for the next one. */
export const pageOf = (items: Schema): Schema =>
  object({ data: listOf(items), has_more: flag }, { after: { ...text, description: 'For the next page.' } });
