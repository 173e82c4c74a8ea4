import { z } from 'zod';
import { METHODS } from './routes.js';

// What the specification of OpenAPI 3.0 lets stand in a document, as far as ours use it: nothing else passes.

const reference = z.strictObject({ $ref: z.string().startsWith('#/components/') });

/** A schema as it stands in a document. */
export type Schema = z.infer<typeof schema>;

const schema = z.strictObject({
  type: z.enum(['string', 'integer', 'number', 'boolean', 'array', 'object']).optional(),
  description: z.string().optional(),
  format: z.string().optional(),
  example: z.unknown().optional(),
  nullable: z.boolean().optional(),
  enum: z.array(z.unknown()).min(1).optional(),
  default: z.unknown().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.int().min(0).optional(),
  maxLength: z.int().min(0).optional(),
  get items() {
    return schema.optional();
  },
  get properties() {
    return z.record(z.string(), schema).optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), schema]).optional();
  },
  required: z.array(z.string()).min(1).optional(),
  get oneOf() {
    return z.array(schema).optional();
  },
});

const content = z.record(
  z.string().regex(/^\S+\/\S+$/),
  z.strictObject({ schema: z.union([reference, schema]) }),
);

const operation = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()).optional(),
  summary: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(
    z.strictObject({
      in: z.enum(['path', 'query', 'header', 'cookie']),
      name: z.string(),
      required: z.boolean(),
      schema,
    }),
  ),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|default)$/),
    z.strictObject({ description: z.string(), content: content.optional() }),
  ),
});

/** One request that a path takes. */
export type Operation = z.infer<typeof operation>;

const item = z.strictObject({
  get: operation.optional(),
  post: operation.optional(),
  put: operation.optional(),
  patch: operation.optional(),
  delete: operation.optional(),
});

/** A whole document. */
export const openApi = z.strictObject({
  openapi: z.string().regex(/^3\.0\.\d+$/),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    contact: z.strictObject({}),
  }),
  servers: z.array(z.strictObject({ url: z.url() })),
  tags: z.array(z.unknown()),
  paths: z.record(z.string().startsWith('/'), item),
  components: z.strictObject({
    schemas: z.record(z.string(), schema),
    securitySchemes: z.record(
      z.string(),
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('http'), scheme: z.string(), bearerFormat: z.string() }),
        z.strictObject({ type: z.literal('apiKey'), in: z.literal('cookie'), name: z.string() }),
      ]),
    ),
  }),
});

/** A whole document. */
export type OpenApi = z.infer<typeof openApi>;

/** Each request that is described, under a name like `get /a/{id}`. */
export function operationsOf({ paths }: OpenApi): [name: string, operation: Operation][] {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): [string, Operation][] => {
      const found = item[method];
      return found === undefined ? [] : [[`${method} ${path}`, found]];
    }),
  );
}

/** What a value has that the schema does not say, or the other way round; one line each. */
export function differences(value: unknown, { type, ...rules }: Schema, at = ''): string[] {
  if (value === null) return rules.nullable ? [] : [`${at} is null`];
  if (Array.isArray(value)) {
    const { items } = rules;
    if (type !== 'array' || items === undefined) return [`${at} is a list`];
    return value.flatMap((entry, index) => differences(entry, items, `${at}[${index}]`));
  }
  if (typeof value === 'object' && value !== undefined) {
    const { properties = {}, required = [] } = rules;
    const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
    const found = Object.entries(value).flatMap(([name, entry]) => {
      const said = properties[name];
      return said === undefined
        ? [`${at}.${name} is not described`]
        : differences(entry, said, `${at}.${name}`);
    });
    return [...missing, ...found];
  }
  const kinds = { integer: 'number', number: 'number', string: 'string', boolean: 'boolean' } as const;
  const fits = type !== undefined && type in kinds && kinds[type as keyof typeof kinds] === typeof value;
  const isListed = rules.enum === undefined || rules.enum.includes(value);
  return fits && isListed ? [] : [`${at} is ${JSON.stringify(value)}`];
}
