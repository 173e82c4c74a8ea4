import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger, type LoggerService } from '@nestjs/common';
import { startAttachmentsApp, type AttachmentsApp } from '../attachments/support/attachments-app.js';
import { PNG, Uploader } from '../attachments/support/uploader.js';
import { freePort } from '../support/free-port.js';
import { ChatClient } from './support/chat-client.js';
import { startCollector, type Collector } from './support/collector.js';
import { create, everyRequestAbout } from './support/requests.js';
import { eventually } from './support/eventually.js';
import { startApp } from './support/running-app.js';
import { tokenOf } from './support/tokens.js';

const ada = { tenant: 'org_aurora', user: 'ada' };
/** In everything that must be in no log, error, health answer, trace or metric. */
const CANARY = 'c4n4ry';
const secret = (name: string): string => `${CANARY}-${name}-${'x'.repeat(32)}`;

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Keeps whatever is logged, of every level. */
class EverythingLogged implements LoggerService {
  text = '';
  readonly log = (...given: unknown[]): void => this.#add(given);
  readonly error = this.log;
  readonly warn = this.log;
  readonly debug = this.log;
  readonly verbose = this.log;
  readonly fatal = this.log;

  #add(given: readonly unknown[]): void {
    const told = given.map((part) => (part instanceof Error ? `${part.message} ${part.stack}` : part));
    this.text += `${JSON.stringify(told)}\n`;
  }
}

/** A model that fails by quoting all that it was asked with. */
async function quotingModel(): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const message = `${request.headers.authorization} ${body}`;
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message, type: 'invalid_request_error', code: null } }));
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

describe('Secrets, tokens and texts of messages', () => {
  const log = new EverythingLogged();
  let model: Server;
  let collector: Collector;
  let metricsUrl: string;
  let app: AttachmentsApp;
  let token: string;
  /** Refusals and answers about health, as clients got them. */
  let told = '';

  beforeAll(async () => {
    model = await quotingModel();
    const { port } = model.address() as AddressInfo;
    collector = await startCollector();
    const metricsPort = String(await freePort());
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    app = await startAttachmentsApp({
      OPENAI_API_KEY: `sk-${secret('key')}`,
      OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
      CHATKIT_ATTACHMENTS_SECRET: secret('links'),
      CHATKIT_MCP_SERVERS: JSON.stringify([
        {
          name: 'orders',
          url: `http://127.0.0.1:${port}/mcp`,
          auth: { exchange: { tokenEndpoint: `http://127.0.0.1:${port}/token`, audience: 'orders' } },
        },
      ]),
      CHATKIT_MCP_CLIENT_ID: 'chat',
      CHATKIT_MCP_CLIENT_SECRET: secret('client'),
      CHATKIT_DEMO: 'true',
      CHATKIT_METRICS_PORT: metricsPort,
      CHATKIT_TELEMETRY_TENANT: 'plain',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_EXPORTER_OTLP_HEADERS: `x-key=${secret('collector')}`,
    });
    Logger.overrideLogger(log);
    token = await tokenOf(ada, { roles: ['admin'], jti: secret('token') });
  });

  afterAll(async () => {
    Logger.overrideLogger(false);
    await app?.close();
    model?.close();
    collector?.close();
  });

  async function ask(path: string, { headers: given = {}, ...init }: Asked = {}): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...given };
    const answer = await fetch(app.url + path, { ...init, headers, redirect: 'manual' });
    const text = await answer.text();
    const isStream = answer.headers.get('content-type')?.includes('event-stream') === true;
    if (answer.status >= 400 || path.startsWith('/health')) told += `${text}\n`;
    // what went wrong within a stream; the rest of it is the user's own words
    if (isStream)
      told += text
        .split('\n')
        .filter((line) => line.includes('"type":"error"'))
        .join('\n');
  }

  const post = (body: unknown): Promise<void> =>
    ask('/chatkit', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

  /** Whatever of the secrets is in a text, with a bit of what is around it. */
  function leaks(text: string): string[] {
    const parts = [CANARY, ...token.split('.').slice(1), Buffer.from(CANARY).toString('base64url')];
    return parts.flatMap((part) => {
      const at = text.indexOf(part);
      return at === -1 ? [] : [text.slice(Math.max(0, at - 200), at + 50)];
    });
  }

  it('are in no log, error, answer about health, trace or metric, whatever is asked and fails', async () => {
    const words = `The word is ${secret('message')}`;
    await post(create(words, { pageContext: { title: secret('title'), selection: secret('selection') } }));
    const ada1 = await ChatClient.of(app.url, ada);
    const { data } = await ada1.threads();
    const threadId = data[0]?.id ?? '';
    const { data: items } = await ada1.items(threadId);
    for (const request of everyRequestAbout(threadId, items[0]?.id ?? '')) {
      const marked = JSON.stringify(request).replaceAll(/"text":"[^"]*"/g, `"text":${JSON.stringify(words)}`);
      if (!marked.includes('threads.delete')) await post(marked);
      await post({ type: 'threads.create', params: { input: { content: words } } });
      await post(marked.replace(threadId, 'thr_nowhere'));
      await post(marked.slice(0, -1));
    }
    await post({ type: words, params: { password: words } });
    await post({ type: 'input.transcribe', params: { audio_base64: 'AAAA', mime_type: 'audio/webm' } });
    await post('x'.repeat(2_000_000));
    for (const path of ['usage', 'organisation', 'feedback', 'documents']) {
      await ask(`/chatkit/admin/${path}?from=${secret('query')}`);
    }
    await ask('/chatkit/admin/organisation', {
      method: 'PUT',
      body: JSON.stringify({ instructions: words, [secret('field')]: 1 }).slice(0, -2),
    });
    await ask('/chatkit/admin/organisation', {
      method: 'PUT',
      body: JSON.stringify({ instructions: words }),
    });
    const uploader = await Uploader.of(app, ada);
    await uploader.upload(await uploader.announce({ ...PNG, name: `${secret('name')}.png` }), {
      ...PNG,
      content: words,
    });
    for (const path of [
      '/auth/me',
      '/auth/session',
      '/auth/login',
      `/auth/callback?code=${secret('code')}`,
      `/${secret('path')}?${secret('query')}`,
    ]) {
      await ask(path);
      await ask(path, { headers: { authorization: `Bearer ${secret('bearer')}.a.b` } });
      await ask(path, { headers: { authorization: '', cookie: `chatkit_session=${secret('cookie')}` } });
    }
    await app.database.query(`ALTER TABLE chatkit.items RENAME TO items_gone`);
    await post(create(words));
    await post({ type: 'items.list', params: { thread_id: threadId } });
    for (const path of ['/health', '/health/ready', '/health/live']) await ask(path);
    expect(log.text).toContain('request refused');
    expect(told).toContain('invalid_request');
    // the path that was asked for is no secret
    expect(leaks(log.text.replaceAll(`/${secret('path')}`, ''))).toEqual([]);
    expect(leaks(told)).toEqual([]);
    const metrics = await (await fetch(metricsUrl)).text();
    expect(metrics).toContain('chatkit_refusals_total');
    expect(leaks(metrics)).toEqual([]);
    const seen = (name: string): boolean => collector.spans.some((span) => span.name.startsWith(name));
    await eventually('the traces are there', () => seen('PUT /chatkit/admin') && seen('chat '));
    expect(leaks(collector.text())).toEqual([]);
  });

  it('are in no log or answer about health of a server whose database does not let it in', async () => {
    const database = new URL(app.database.url);
    database.username = 'nobody';
    database.password = secret('password');
    const from = log.text.length;
    const away = await startApp({
      CHATKIT_DATABASE_URL: database.href,
      AUTH_CLIENT_SECRET: secret('oidc'),
      AUTH_CLIENT_ID: 'x',
      AUTH_SESSION_SECRET: secret('session'),
    });
    Logger.overrideLogger(log);
    const health = await eventually('the server says why', async () => {
      const text = await (await fetch(`${away.url}/health`)).text();
      return text.includes('"reason"') && text;
    });
    const headers = { authorization: `Bearer ${token}` };
    const refused = await fetch(`${away.url}/chatkit/admin/usage`, { headers });
    expect(leaks(health + (await refused.text()) + log.text.slice(from))).toEqual([]);
    await away.close();
  });
});
