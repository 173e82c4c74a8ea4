import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/** A schema of OpenAPI 3.0, as far as ours go. */
export interface Schema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
}

/** A field of a class of fields. */
export interface Field {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

type Rule = (constraints: readonly unknown[]) => Schema;

const text: Rule = ([minLength, maxLength]) => ({
  type: 'string',
  ...(typeof minLength === 'number' && { minLength }),
  ...(typeof maxLength === 'number' && { maxLength }),
});

/** What rules of class-validator, and our own, say of a field; one that is not here says nothing. */
const RULES: Readonly<Record<string, Rule>> = {
  isText: text,
  isId: text,
  isTime: () => ({
    type: 'string',
    format: 'date-time',
    description: 'A date, or date and time, in ISO 8601.',
  }),
  isString: () => ({ type: 'string' }),
  isUrl: () => ({ type: 'string', format: 'uri' }),
  isInt: () => ({ type: 'integer' }),
  isNumber: () => ({ type: 'number' }),
  isBoolean: () => ({ type: 'boolean' }),
  min: ([minimum]) => ({ minimum: Number(minimum) }),
  max: ([maximum]) => ({ maximum: Number(maximum) }),
  matches: ([pattern]) => ({ type: 'string', ...(pattern instanceof RegExp && { pattern: pattern.source }) }),
  isIn: ([values]) => ({ type: 'string', enum: Array.isArray(values) ? values : [] }),
};

/** The fields that a class lets in, by the rules that the server checks them by. */
export function fieldsOf(Fields: Type<object>): Field[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(Fields, '', false, false);
  const defaults = new Map<string, unknown>(Object.entries(new Fields()));
  const names = [...new Set(rules.map(({ propertyName }) => propertyName))];
  return names.map((name) => {
    const own = rules.filter(({ propertyName }) => propertyName === name);
    const said = own.map(({ name: rule = '', constraints }) => RULES[rule]?.(constraints ?? []) ?? {});
    const value = defaults.get(name);
    // an empty text stands for what has to come
    const hasDefault = value !== undefined && value !== '';
    return {
      name,
      schema: Object.assign({}, ...said, hasDefault ? { default: value } : {}) as Schema,
      isRequired: !hasDefault && !own.some(({ type }) => type === 'conditionalValidation'),
    };
  });
}

/** All fields as one object. */
export function schemaOf(Fields: Type<object>): Schema {
  const fields = fieldsOf(Fields);
  const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(({ name, schema }) => [name, schema])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}
