import * as fc from 'fast-check';
import type { OpenApi, Operation, Schema } from '../../api-docs/support/open-api.js';
import { contentType, encoded } from './charsets.js';
import { files, formFields, formOf } from './files.js';
import type { Asked, Sender } from './sturdy-app.js';
import { disfigured, hostileJson, json, jsonText, percentEncoded, text } from './values.js';

/** Tenants that operators do things to here, so that what is erased or suspended is missed by nobody. */
export const PLAYTHINGS = Array.from({ length: 8 }, (_, index) => `plaything_${index}`);

/** A request as it is sent. */
export interface RouteInput extends Asked {
  readonly path: string;
  readonly as: Sender;
}

/** Values near to what a parameter is for, or of another shape. */
const parameter = fc.oneof(
  text,
  fc.constantFrom('2026-01-01', '2026-01-31T00:00:00Z', 'day', 'user', 'positive', '10', '/', 'doc_', 'thr_'),
  json.map((value) => Buffer.from(jsonText(value)).toString('base64url')),
  fc
    .tuple(fc.oneof(text, fc.constant('2026-01-31T00:00:00.000000Z')), text, text, text)
    .map((cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')),
);

const inPath: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom('%', '.', '..', 'a/b', '00000000-0000-4000-8000-000000000000') },
);

/** Values as a schema describes them. */
export function valuesOf(schema: Schema): fc.Arbitrary<unknown> {
  const { type, oneOf, enum: choices, properties = {}, required = [], items, minimum = 0, format } = schema;
  if (oneOf !== undefined) return fc.oneof(...oneOf.map((one) => valuesOf(one)));
  if (choices !== undefined) return fc.constantFrom(...choices);
  if (type === 'object') {
    const members = Object.entries(properties).map(([name, member]) => [name, valuesOf(member)]);
    return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: required,
    });
  }
  if (type === 'array') return fc.array(items === undefined ? json : valuesOf(items), { maxLength: 3 });
  if (type === 'integer' || type === 'number') return fc.integer({ min: minimum, max: minimum + 30 });
  if (type === 'boolean') return fc.boolean();
  if (format === 'date-time') return fc.constant('2026-01-31T00:00:00Z');
  return fc.oneof(fc.constantFrom(...PLAYTHINGS), text);
}

/** Everything that one route may be sent, from what its description asks for to anything else. */
export function inputsOf(name: string, operation: Operation, document: OpenApi): fc.Arbitrary<RouteInput> {
  const [method = '', template = ''] = name.split(' ');
  const rightful: Sender = template.startsWith('/chatkit/operator') ? 'operator' : 'admin';
  const sender = fc.oneof(
    { weight: 8, arbitrary: fc.constant(rightful) },
    { weight: 2, arbitrary: fc.constantFrom<Sender>('admin', 'operator', 'member', 'nobody') },
  );
  return fc
    .tuple(pathsOf(template), queriesOf(operation), sender, bodiesOf(operation, document))
    .map(([path, query, as, sent]) => requestOf(`${path}${query}`, as, method.toUpperCase(), sent));
}

function requestOf(path: string, as: Sender, method: string, sent: Sent): RouteInput {
  return { path, as, method, ...sent };
}

function pathsOf(template: string): fc.Arbitrary<string> {
  const parts = template.split('/').map((part) => {
    if (!part.startsWith('{')) return fc.constant(part);
    const right = part === '{tenant_id}' ? fc.constantFrom(...PLAYTHINGS) : fc.uuid();
    return fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: inPath.map(percentEncoded) });
  });
  return fc.tuple(...parts).map((all) => all.join('/'));
}

function queriesOf({ parameters }: Operation): fc.Arbitrary<string> {
  const known = parameters.filter(({ in: place }) => place === 'query');
  const pair = fc.oneof(
    fc.tuple(text, parameter),
    ...known.map(({ name, schema }) =>
      fc.tuple(
        fc.constantFrom(name, name, name, `${name}[]`, `${name}[a]`, '__proto__[a]', `${name}.b`),
        fc.oneof(valuesOf(schema).map(String), parameter),
      ),
    ),
  );
  return fc
    .array(pair, { maxLength: 4 })
    .map((pairs) =>
      pairs.map(([name, value]) => `${percentEncoded(name)}=${percentEncoded(value)}`).join('&'),
    )
    .map((query) => (query === '' ? '' : `?${query}`));
}

type Sent = Pick<Asked, 'body' | 'headers'>;

function bodiesOf({ requestBody }: Operation, document: OpenApi): fc.Arbitrary<Sent> {
  const [type, described] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  if (type === undefined || described === undefined) return fc.constant({});
  if (type.startsWith('multipart/')) {
    return fc.tuple(files, formFields).map(([file, fields]) => ({ body: formOf(file, fields) }));
  }
  const schema =
    '$ref' in described.schema
      ? (document.components.schemas[described.schema.$ref.split('/').at(-1) ?? ''] ?? {})
      : described.schema;
  const right = valuesOf(schema);
  const asJson = fc.oneof(
    { weight: 3, arbitrary: right.map(jsonText) },
    {
      weight: 3,
      arbitrary: right
        .chain((value) => (typeof value === 'object' && value !== null ? disfigured(value) : json))
        .map(jsonText),
    },
    { weight: 1, arbitrary: hostileJson },
  );
  const plain = asJson.map((body): Sent => ({ body, headers: { 'content-type': 'application/json' } }));
  const odd = fc
    .tuple(asJson, contentType)
    .map(([body, header]): Sent => ({ body: encoded(body, header), headers: { 'content-type': header } }));
  return fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: odd });
}
