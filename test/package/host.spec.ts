import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ChatKitAdminModule } from '../../src/entries/admin.js';
import { AgentsConfig, ChatKitAgentsModule, RespondService } from '../../src/entries/agents.js';
import { AttachmentsConfig, ChatKitAttachmentsModule } from '../../src/entries/attachments.js';
import { DocumentsConfig, ChatKitDocumentsModule } from '../../src/entries/documents.js';
import { ChatKitHealthModule } from '../../src/entries/health.js';
import { ChatKitSignInModule } from '../../src/entries/sign-in.js';
import {
  AuthConfig,
  ChatKitAuthModule,
  authOptionsFrom,
  ChatKitDatabase,
  ChatKitModule,
  loadConfig,
  StoreConfig,
  ChatKitStoreModule,
  TypeOrmAttachmentRecords,
  TypeOrmStore,
} from '../../src/index.js';
import type { Attachment } from '../../src/chatkit/core/index.js';
import { AUTH_ENV, tokenOf } from '../app/support/tokens.js';
import { errorOf, list } from '../http/requests.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';

const SECRET = 'a secret that links are signed with in this test';

/** Every module of the package, in an application that knows nothing of them. */
function hostOf(database: TestDatabase, directory: string): new () => object {
  const env = { ...AUTH_ENV, CHATKIT_DATABASE_URL: database.url, CHATKIT_ATTACHMENTS_SECRET: SECRET };
  const store = loadConfig(StoreConfig, env);
  const attachments = ChatKitAttachmentsModule.forRoot({
    config: loadConfig(AttachmentsConfig, env),
    directory,
    publicUrl: 'http://chat.example',
    corsOrigins: [],
    store: { useExisting: TypeOrmStore },
    records: { useExisting: TypeOrmAttachmentRecords },
  });
  @Module({
    imports: [
      ChatKitAuthModule.forRoot(authOptionsFrom(loadConfig(AuthConfig, env))),
      ChatKitSignInModule.forRoot(),
      ChatKitStoreModule.forRoot({ config: store }),
      ChatKitModule.forRoot({
        imports: [attachments, ChatKitAgentsModule.forRoot({ config: loadConfig(AgentsConfig, env) })],
        server: RespondService,
        features: [
          ChatKitAdminModule,
          ChatKitDocumentsModule.forRoot({ config: loadConfig(DocumentsConfig, env) }),
        ],
      }),
      ChatKitHealthModule.forRoot({ readiness: [] }),
    ],
  })
  class AppModule {}
  return AppModule;
}

function form(content: string, name: string, type = 'text/plain'): FormData {
  const data = new FormData();
  data.append('file', new Blob([content], { type }), name);
  return data;
}

describe.each([
  ['its body parser', {}],
  ['a body parser that keeps the bytes', { rawBody: true }],
  ['no body parser', { bodyParser: false }],
])('An application without filters of its own and with %s', (_with, options) => {
  let database: TestDatabase;
  let directory: string;
  let app: INestApplication;
  let url: string;
  let token: string;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-host-'));
    const host = hostOf(database, directory);
    app = await NestFactory.create(host, { logger: false, abortOnError: false, ...options });
    await app.listen(0, '127.0.0.1');
    await app.get(ChatKitDatabase).whenUp();
    url = await app.getUrl();
    token = await tokenOf({ tenant: 'acme', user: 'ada' }, { roles: ['admin'] });
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
    await rm(directory, { recursive: true, force: true });
  });

  function send(method: string, path: string, body?: unknown, headers: object = {}): Promise<Response> {
    const isForm = body instanceof FormData || body instanceof Uint8Array;
    return fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(!isForm && body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
  }

  async function announced(name: string, type: string): Promise<{ attachment: Attachment; path: string }> {
    const params = { name, size: 10, mime_type: type };
    const response = await send('POST', '/chatkit', { type: 'attachments.create', params });
    const attachment = (await response.json()) as Attachment;
    return { attachment, path: attachment.upload_descriptor?.url.replace('http://chat.example', '') ?? '' };
  }

  it('chats, takes instructions, documents and files', async () => {
    expect((await send('POST', '/chatkit', list)).status).toBe(200);
    const organisation = await send('PUT', '/chatkit/admin/organisation', { instructions: 'Be kind.' });
    expect(await organisation.json()).toMatchObject({ instructions: 'Be kind.' });
    expect((await send('POST', '/chatkit/admin/documents', form('Open at nine', 'a.md'))).status).toBe(201);
    expect((await send('POST', '/attachments', form('Hi', 'a.txt'))).status).toBe(200);
    const { path } = await announced('b.txt', 'text/plain');
    expect((await send('POST', path, form('Hi', 'b.txt'))).status).toBe(200);
    expect((await send('GET', '/health')).status).toBe(200);
  });

  it.each([
    ['data.json', 'application/json', '{"a":[1,2]}'],
    ['note.txt', 'text/plain', 'a note'],
  ])('takes the bytes of %s as they are', async (name, type, content) => {
    const { attachment, path } = await announced(name, type);
    const response = await send('PUT', path, Buffer.from(content), { 'content-type': type });
    expect(await response.json()).toMatchObject({ id: attachment.id, name });
    const again = await send('PUT', path, Buffer.from(content), { 'content-type': type });
    expect([again.status, (await errorOf(again)).code]).toEqual([409, 'invalid_state']);
  });

  it.each([
    ['POST', '/chatkit', 400, 'invalid_request', { type: 'items.list', params: {} }],
    ['GET', '/chatkit', 405, 'method_not_allowed', undefined],
    ['POST', '/attachments', 400, 'invalid_request', form('Hi', 'a.png', 'image/png')],
    ['POST', '/attachments', 415, 'unsupported_media_type', { file: 'x' }],
    ['POST', '/attachments/atc_none/upload?token=x', 404, 'not_found', form('Hi', 'a.txt')],
    ['PUT', '/attachments/atc_none/upload?token=x', 404, 'not_found', { a: 1 }],
    ['GET', '/attachments/atc_none/preview?token=x', 404, 'not_found', undefined],
    ['PUT', '/chatkit/admin/organisation', 400, 'invalid_request', { instructions: 7 }],
    ['PUT', '/chatkit/admin/organisation', 413, 'payload_too_large', { instructions: 'x'.repeat(70_000) }],
    ['POST', '/chatkit/admin/documents', 400, 'invalid_request', { file: 'x' }],
    ['GET', '/chatkit/admin/documents?limit=0', 400, 'invalid_request', undefined],
    ['DELETE', '/chatkit/admin/documents/doc_none', 404, 'not_found', undefined],
    ['GET', '/chatkit/admin/usage?from=x', 400, 'invalid_request', undefined],
    ['GET', '/chatkit/admin/feedback?after=x', 400, 'invalid_request', undefined],
    ['GET', '/auth/login?return_to=//elsewhere', 400, 'invalid_request', undefined],
    ['GET', '/auth/login', 501, 'unsupported', undefined],
  ])('refuses %s %s by %s %s, in the words of every refusal', async (method, path, status, code, body) => {
    const response = await send(method, path, body);
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toEqual({
      code,
      message: expect.stringMatching(/./) as string,
      ...(status === 400 && { field: expect.any(String) as string }),
      correlation_id: response.headers.get('x-correlation-id'),
    });
  });

  it('asks strangers to sign in, whichever route they want', async () => {
    for (const path of ['/chatkit/admin/organisation', '/auth/me']) {
      const response = await fetch(`${url}${path}`);
      expect([response.status, (await errorOf(response)).code]).toEqual([401, 'unauthorized']);
    }
  });

  it('finds instructions that are nested 5,000 deep too deep', async () => {
    const body = Buffer.from(`{"instructions":${'['.repeat(5000)}${']'.repeat(5000)}}`);
    const response = await send('PUT', '/chatkit/admin/organisation', body, {
      'content-type': 'application/json',
    });
    expect([response.status, (await errorOf(response)).code]).toEqual([400, 'invalid_request']);
  });
});
