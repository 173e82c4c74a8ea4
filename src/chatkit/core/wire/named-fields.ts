import * as z from 'zod';
import { optionsOf } from './best-fit.js';

/** Gives what of a value may leave: the same value where nothing of it has to stay. */
type Filter = (value: unknown) => unknown;

const whole: Filter = (value) => value;

/**
 * Leaves of values only the fields that the schema names, at any depth, without `metadata`, which belongs to the
 * integration. Nothing is checked or converted, and what has no other field is not copied. Data of the integration
 * stays whole, and so do widgets, which may hold what only newer clients know; an object of no known type keeps the
 * fields that all types have.
 */
export function namedFields<T>(schema: z.ZodType<T>): <V extends T>(value: V) => V {
  return filterOf(schema) as <V extends T>(value: V) => V;
}

function filterOf(schema: unknown): Filter {
  if (schema instanceof z.ZodObject) return ofFields([schema]);
  if (schema instanceof z.ZodArray) return ofEntries(filterOf(schema.element));
  if (schema instanceof z.ZodDiscriminatedUnion) return ofTypes(schema.options.filter(isObjectSchema));
  if (schema instanceof z.ZodUnion) return ofFields(schema.options.filter(isObjectSchema));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return filterOf(schema.unwrap());
  if (!(schema instanceof z.ZodPipe)) return whole;
  const options = optionsOf.get(schema);
  return options === undefined ? filterOf(schema.out) : ofFields(options.filter(isObjectSchema));
}

function isObjectSchema(schema: unknown): schema is z.ZodObject {
  return schema instanceof z.ZodObject;
}

function ofEntries(filter: Filter): Filter {
  if (filter === whole) return whole;
  return (value) => {
    if (!Array.isArray(value)) return value;
    const entries: unknown[] = value;
    const shown = entries.map(filter);
    return shown.some((entry, at) => entry !== entries[at]) ? shown : entries;
  };
}

/** With the fields that any of the schemas names. */
function ofFields(schemas: readonly z.ZodObject[]): Filter {
  if (schemas.length === 0) return whole;
  const filters = new Map(
    schemas.flatMap(({ shape }) => Object.entries(shape).map(([name, field]) => [name, filterOf(field)])),
  );
  filters.delete('metadata');
  return (value) => {
    if (!isRecord(value)) return value;
    let copy: Record<string, unknown> | undefined;
    for (const name in value) {
      const filter = filters.get(name);
      if (filter === whole) continue;
      const shown = filter?.(value[name]);
      if (filter !== undefined && shown === value[name]) continue;
      copy ??= { ...value };
      if (filter === undefined) delete copy[name];
      else copy[name] = shown;
    }
    return copy ?? value;
  };
}

/** With the fields of its type. */
function ofTypes(schemas: readonly z.ZodObject[]): Filter {
  const filters = new Map(
    schemas.flatMap((schema) => typesOf(schema).map((type) => [type, ofFields([schema])])),
  );
  const [first, ...others] = schemas.map(({ shape }) => Object.keys(shape));
  const common = first?.filter((name) => others.every((names) => names.includes(name))) ?? [];
  const ofUnknown = ofFields([z.object(Object.fromEntries(common.map((name) => [name, z.unknown()])))]);
  return (value) => (isRecord(value) ? (filters.get(value['type']) ?? ofUnknown)(value) : value);
}

function typesOf({ shape: { type } }: z.ZodObject): readonly unknown[] {
  return type instanceof z.ZodLiteral ? [...type.values] : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
