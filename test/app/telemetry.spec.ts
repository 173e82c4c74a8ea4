import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app/bootstrap.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { freePort } from '../support/free-port.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';
import { ChatClient } from './support/chat-client.js';
import { startCollector, type Collector, type Span } from './support/collector.js';
import { eventually } from './support/eventually.js';
import { PrintedLines, type Line } from './support/printed-lines.js';
import { create } from './support/requests.js';
import { untilReady } from './support/running-app.js';
import { AUTH_ENV } from './support/tokens.js';

const ada = { tenant: 'org_aurora', user: 'ada' };
const TRACE = '0af7651916cd43dd8448eb211c80319c';
/** Of one kind, which the log writes. */
const LINES_A_SECOND = 20;
const PARENT = `00-${TRACE}-b7ad6b7169203331-01`;

describe('What the server tells those who run it', () => {
  let database: TestDatabase;
  let collector: Collector;
  let app: Awaited<ReturnType<typeof createApp>>;
  let url: string;
  let metricsUrl: string;
  let client: ChatClient;
  const logger = new PrintedLines();

  beforeAll(async () => {
    database = await createEmptyDatabase();
    collector = await startCollector();
    const metricsPort = String(await freePort());
    const config = readAppConfig({
      ...AUTH_ENV,
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_OFFLINE_DELAY_MS: '0',
      CHATKIT_SLOW_STATEMENT_MS: '1',
      CHATKIT_METRICS_PORT: metricsPort,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      PORT: '0',
    });
    app = await createApp(config, { logger });
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
    metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
    await untilReady(url);
    client = await ChatClient.of(url, ada);
  });

  afterAll(async () => {
    await app?.close();
    collector?.close();
    await database?.drop();
  });

  const lineOf = (matches: (line: Line) => boolean): Promise<Line> =>
    eventually('the line is there', () => logger.lines.findLast(matches));
  const metrics = async (): Promise<string> => (await fetch(metricsUrl)).text();

  it('is a line for each answer, with what it was and cost as fields', async () => {
    await (await client.send(create('Hello'), { traceparent: PARENT })).text();
    const line = await lineOf(({ type }) => type === 'threads.create');
    expect(line).toMatchObject({
      level: 'log',
      context: 'Request',
      message: 'request answered',
      method: 'POST',
      path: '/chatkit',
      status: 200,
      outcome: 'completed',
      tenantId: 'org_aurora',
      userId: 'ada',
      correlationId: TRACE,
    });
    for (const figure of [
      'milliseconds',
      'firstEventMs',
      'events',
      'inputTokens',
      'outputTokens',
      'roundTrips',
    ]) {
      expect(typeof line[figure]).toBe('number');
    }
    const probes = logger.lines.filter(({ path }) => String(path).startsWith('/health'));
    expect(probes.filter(({ status }) => status === 200)).toEqual([]);
  });

  it('is a line for each refusal', async () => {
    await fetch(`${url}/chatkit`, { method: 'POST', headers: { 'x-request-id': 'nobody' } });
    expect(await lineOf(({ correlationId }) => correlationId === 'nobody')).toMatchObject({
      status: 401,
      outcome: 'refused',
      code: 'unauthorized',
    });
    await client.refusal('{', { 'x-request-id': 'half' });
    expect(await lineOf(({ correlationId }) => correlationId === 'half')).toMatchObject({
      status: 400,
      outcome: 'refused',
      code: 'invalid_request',
      tenantId: 'org_aurora',
    });
  });

  it('is a line for statements that were slow, by their names', async () => {
    await client.create('Hello');
    expect(await lineOf(({ message }) => message === 'slow statements')).toMatchObject({
      level: 'warn',
      statements: expect.arrayContaining([expect.stringMatching(/^chatkit_/)]),
      milliseconds: expect.any(Number),
    });
  });

  it('is no more than a few lines a second of a flood of refusals, and how many there were', async () => {
    const before = logger.lines.length;
    const begun = Date.now();
    await Promise.all(
      Array.from({ length: 200 }, async () => {
        await (await fetch(`${url}/chatkit`, { method: 'POST' })).body?.cancel();
      }),
    );
    const lines = logger.lines.slice(before).filter(({ status }) => status === 401).length;
    // as many seconds as it was under way, of which the first and the last need not be whole
    const seconds = Math.floor((Date.now() - begun) / 1000) + 2;
    expect(lines).toBeLessThanOrEqual(LINES_A_SECOND * seconds);
    await eventually('the rest is counted', async () => {
      await (await fetch(`${url}/chatkit`, { method: 'POST' })).body?.cancel();
      return logger.lines.slice(before).some(({ unlogged }) => Number(unlogged) > 0);
    });
  });

  it('is a trace from the request over its sender to statements and the model, below that of the caller', async () => {
    await (await client.send(create('Hello'), { traceparent: PARENT })).text();
    const named = (part: string): Span | undefined =>
      collector.spans.find(({ name, traceId }) => traceId === TRACE && name.includes(part));
    const root = await eventually('the trace is there', () => named('POST /chatkit'));
    expect(root.parentSpanId).toBe('b7ad6b7169203331');
    for (const part of ['authenticate', 'chatkit_', 'chat gpt-5-mini']) {
      expect(await eventually(part, () => named(part))).toMatchObject({ parentSpanId: root.spanId });
    }
    const attributes = Object.fromEntries(root.attributes.map(({ key, value }) => [key, value]));
    expect(attributes).toMatchObject({
      'http.route': { stringValue: '/chatkit' },
      'chatkit.request.type': { stringValue: 'threads.create' },
      'chatkit.outcome': { stringValue: 'completed' },
      'chatkit.tenant.hash': { stringValue: expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
    expect(collector.text()).not.toMatch(/org_aurora|"ada"|Hello/);
  });

  it('is metrics on a port of their own, and nothing else there', async () => {
    await client.create('Hello');
    await client.refusal({ type: 'threads.get_by_id', params: { thread_id: 'thr_nowhere' } });
    const text = await eventually('no answer is under way', async () => {
      const all = await metrics();
      return /^chatkit_stream_open(\{.*\})? 0/m.test(all) && all;
    });
    const count =
      /^chatkit_request_duration_count\{(?=.*type="threads.create")(?=.*outcome="completed").*\} [1-9]/m;
    expect(text).toMatch(count);
    expect(text).toMatch(/^chatkit_stream_events_total(\{.*\})? [1-9]/m);
    expect(text).toMatch(/^chatkit_stream_sent_total(\{.*\})? [1-9]/m);
    expect(text).toMatch(/^chatkit_refusals_total\{.*code="not_found".*\} 1/m);
    expect(text).toMatch(/^chatkit_availability\{.*state="up".*\} 1/m);
    expect(text).toMatch(/^db_client_connection_wait_time_count/m);
    expect(text).toMatch(/^gen_ai_client_operation_duration_count\{.*operation_name="chat"/m);
    expect(text).not.toMatch(/org_aurora|ada"|thr_/);
    expect((await fetch(metricsUrl.replace('/metrics', '/'))).status).toBe(404);
    expect((await fetch(metricsUrl, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${url}/metrics`)).headers.get('content-type')).not.toContain('text/plain');
  });
});
