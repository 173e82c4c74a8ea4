import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { SessionCookie } from '../../auth/session/session-cookie.js';
import { ADMIN_ROUTES } from './admin-routes.js';
import { fieldsOf, schemaOf, type Schema } from './field-schema.js';
import { OPERATOR_ROUTES } from './operator-routes.js';
import type { RouteDescription } from './route-description.js';
import { object, text } from './schemas.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Body = NonNullable<Operation['requestBody']>;
type SwaggerSchema = Extract<
  NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string],
  { type?: unknown }
>;

/** What the document says of the whole server. */
export interface ApiFacts {
  readonly version: string;
  /** Where browsers find it. */
  readonly publicUrl: string;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const ROUTES = { ...ADMIN_ROUTES, ...OPERATOR_ROUTES };
const ERRORS = {
  400: 'A field is wrong; `field` names it',
  401: 'Nobody is signed in',
  403: 'This is for others',
  404: 'There is no such thing',
  409: 'It is in a state in which that cannot be done',
  413: 'The body is too large',
  415: 'The body is of another type',
  503: 'The database is not there; later it may be',
} as const;

const error = object({ error: object({ code: text, message: text, correlation_id: text }, { field: text }) });

/** Describes every route of the application in OpenAPI 3.0; what administrators and operators use in full. */
export function apiDocument(app: INestApplication, { version, publicUrl }: ApiFacts): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('nestjs-chatkit')
    .setDescription('The routes of the chat server, beside the protocol that `/chatkit` itself speaks.')
    .setVersion(version)
    .addServer(publicUrl)
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'token')
    .addCookieAuth(
      app.get(SessionCookie, { strict: false }).name,
      { type: 'apiKey', in: 'cookie' },
      'session',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
    autoTagControllers: false,
  });
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      const description = ROUTES[operation?.operationId ?? ''];
      if (operation !== undefined && description !== undefined)
        item[method] = described(operation, description);
    }
  }
  const schemas = { Error: swagger(error) };
  return { ...document, components: { ...document.components, schemas } };
}

function described(operation: Operation, description: RouteDescription): Operation {
  const { people, summary, params, query, status = 200, answer, errors = [] } = description;
  const takes = [params, query, description.body, description.form].some((Fields) => Fields !== undefined);
  const codes = [...(takes ? ([400] as const) : []), 401, 403, ...errors, 503] as const;
  const content = { [description.type ?? 'application/json']: { schema: swagger(answer ?? {}) } };
  const body = bodyOf(description);
  return {
    operationId: operation.operationId ?? summary,
    tags: [people],
    summary,
    security: [{ token: [] }, { session: [] }],
    parameters: [
      ...(params === undefined ? [] : fieldsOf(params)).map((field) => parameter('path', field)),
      ...(query === undefined ? [] : fieldsOf(query)).map((field) => parameter('query', field)),
    ],
    ...(body && { requestBody: body }),
    responses: {
      [status]: { description: 'Done', ...(answer && { content }) },
      ...Object.fromEntries(codes.map((code) => [code, refusal(ERRORS[code])])),
    },
  };
}

function parameter(
  place: 'path' | 'query',
  { name, schema, isRequired }: ReturnType<typeof fieldsOf>[number],
) {
  return { in: place, name, required: place === 'path' || isRequired, schema: swagger(schema) };
}

function bodyOf({ body, form }: RouteDescription): Body | undefined {
  if (body !== undefined) {
    return { required: true, content: { 'application/json': { schema: swagger(schemaOf(body)) } } };
  }
  if (form === undefined) return undefined;
  const fields = schemaOf(form);
  const file: Schema = { type: 'string', format: 'binary' };
  const schema = { ...fields, properties: { file, ...fields.properties }, required: ['file'] };
  return { required: true, content: { 'multipart/form-data': { schema: swagger(schema) } } };
}

function refusal(description: string) {
  return { description, content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } } };
}

/** The same, as their types have it: they can be written to. */
function swagger(schema: Schema): SwaggerSchema {
  return structuredClone(schema) as SwaggerSchema;
}
