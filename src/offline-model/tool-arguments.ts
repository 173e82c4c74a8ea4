import * as z from 'zod';
import { cut } from '../chatkit/core/cut.js';

const MAX_DEPTH = 5;

const base = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
});
type Schema = z.infer<typeof base>;

function read(schema: unknown): Schema {
  return base.safeParse(schema).data ?? {};
}

/** The schema without its null, and whether it had one. */
function withoutNull(given: unknown): { readonly schema: Schema; readonly nullable: boolean } {
  const schema = read(given);
  if (schema.anyOf !== undefined) {
    const others = schema.anyOf.map(read).filter(({ type }) => type !== 'null');
    return { schema: { ...schema, ...others[0] }, nullable: others.length < schema.anyOf.length };
  }
  if (!Array.isArray(schema.type)) return { schema, nullable: false };
  const types = schema.type.filter((type) => type !== 'null');
  return { schema: { ...schema, type: types[0] ?? 'string' }, nullable: types.length < schema.type.length };
}

/**
 * Fills the arguments of a tool from what a message holds, in the order of the schema: choices that it names,
 * its quoted texts and its numbers. What it does not tell gets the schema's default, or something simple; a
 * text that is needed gets the message itself.
 */
export class ToolArguments {
  readonly #quoted: string[];
  readonly #numbers: number[];

  constructor(private readonly message: string) {
    this.#quoted = [...message.matchAll(/“([^“”]+)”|"([^"]+)"|‘([^‘’]+)’/g)].map(
      ([, curly, straight, single]) => curly ?? straight ?? single ?? '',
    );
    const unquoted = message.replaceAll(/“[^“”]+”|"[^"]+"/g, ' ');
    this.#numbers = [...unquoted.matchAll(/(?<![\w.-])-?\d+(?:\.\d+)?(?![\w-])/g)].map(Number);
  }

  /** The arguments that a schema of type `object` asks for. */
  of(schema: unknown): Record<string, unknown> {
    return this.#object(read(schema), 0);
  }

  #object({ properties = {}, required = [] }: Schema, depth: number): Record<string, unknown> {
    const values = Object.entries(properties).map(([name, given]) => {
      const { schema, nullable } = withoutNull(given);
      const told = this.#told(schema, depth + 1);
      if (told !== undefined) return [name, told] as const;
      if (nullable) return [name, null] as const;
      return [name, required.includes(name) ? this.#simple(schema, depth + 1) : undefined] as const;
    });
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }

  /** What the message tells, undefined when it tells nothing. */
  #told(schema: Schema, depth: number): unknown {
    if (schema.enum !== undefined) return schema.enum.find((value) => this.#names(value));
    switch (schema.type) {
      case 'string':
        return this.#quoted.shift();
      case 'integer':
      case 'number':
        return this.#numbers.shift();
      case 'array':
        return this.#list(schema, depth);
      default:
        return undefined;
    }
  }

  #list({ items, maxItems = Infinity }: Schema, depth: number): unknown[] | undefined {
    const { schema } = withoutNull(items);
    if (depth > MAX_DEPTH) return undefined;
    if (schema.enum !== undefined) {
      const named = schema.enum.filter((value) => this.#names(value));
      return named.length === 0 ? undefined : named.slice(0, maxItems);
    }
    if (schema.type === 'object') return this.#quoted.length > 0 ? [this.#object(schema, depth)] : undefined;
    if (schema.type !== 'string' || this.#quoted.length === 0) return undefined;
    return this.#quoted.splice(0).slice(0, maxItems);
  }

  /** Whether the message has a choice in it, as a word. */
  #names(choice: unknown): boolean {
    const words = String(choice).replaceAll(/[-_]/g, ' ').toLowerCase();
    return ` ${this.message.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(` ${words} `);
  }

  #simple(schema: Schema, depth: number): unknown {
    if ('default' in schema) return schema['default'];
    if ('const' in schema) return schema['const'];
    if (schema.enum !== undefined) return schema.enum[0];
    switch (schema.type) {
      case 'boolean':
        return false;
      case 'integer':
      case 'number':
        return schema.minimum ?? 1;
      case 'array': {
        const needed = depth > MAX_DEPTH ? 0 : Math.min(schema.minItems ?? 0, 1);
        return Array.from({ length: needed }, () =>
          this.#simple(withoutNull(schema.items).schema, depth + 1),
        );
      }
      case 'object':
        return depth > MAX_DEPTH ? {} : this.#object(schema, depth);
      default:
        return cut(this.message, schema.maxLength ?? this.message.length);
    }
  }
}
