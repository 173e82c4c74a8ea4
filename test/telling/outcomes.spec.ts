import { readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from '../../src/app/bootstrap.js';
import { readAppConfig } from '../../src/config/app.config.js';
import { ChatClient } from '../app/support/chat-client.js';
import { startCollector, type Collector } from '../app/support/collector.js';
import { eventually } from '../app/support/eventually.js';
import { PrintedLines, type Line } from '../app/support/printed-lines.js';
import { create, say } from '../app/support/requests.js';
import { untilReady } from '../app/support/running-app.js';
import { AUTH_ENV, tokenOf } from '../app/support/tokens.js';
import { RawClient } from '../http/raw-client.js';
import { createTestDatabase, ONE_READY, type TestDatabase } from '../support/database.js';
import { startProxy, type PostgresProxy } from '../support/postgres-proxy.js';
import { MoodyModel } from './support/moody-model.js';
import { traceTree } from './support/trace-tree.js';

const PAGE = join(import.meta.dirname, '../../docs/operations/observability.md');
/** The span of who asks for the answer that is traced. */
const CALLER = 'b7ad6b7169203331';
const PARENT = `00-0af7651916cd43dd8448eb211c80319c-${CALLER}-01`;
const ada = { tenant: 'aurora', user: 'ada' };

/** Has the page show what was told now; the figures of each run differ. */
const isWritten = process.env['WRITE_DOCS'] !== undefined;

/** What the page shows below a heading, line by line. */
function shown(heading: string): string[] {
  const [, block = ''] = blockBelow(heading).exec(readFileSync(PAGE, 'utf8')) ?? [];
  return block.split('\n').filter((line) => line !== '');
}

function show(heading: string, lines: readonly string[]): void {
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(
    PAGE,
    page.replace(blockBelow(heading), (all, block: string) =>
      all.replace(block, () => `${lines.join('\n')}\n`),
    ),
  );
}

function blockBelow(heading: string): RegExp {
  return new RegExp(`^## ${heading}\\n[^#]*?^\`\`\`\\w*\\n([^\`]*)`, 'm');
}

/** A line without figures and names, which differ from run to run. */
function lasting(line: Line): Line {
  return Object.fromEntries(
    Object.entries(line).filter(
      ([name, value]) => name === 'status' || (typeof value === 'string' && name !== 'traceId'),
    ),
  );
}

/** Headers that a request is known by. */
const named = (id: string): Record<string, string> => ({ 'x-request-id': id });

/** What a tree of spans is made of. */
const names = (tree: readonly string[]): string[] =>
  [...new Set(tree.map((line) => line.replace(/ {2}[\d.]+ ms$/, '')))].toSorted();

describe('docs/operations/observability.md shows what the server tells (WRITE_DOCS=1 writes it anew)', () => {
  let database: TestDatabase;
  let proxy: PostgresProxy;
  let collector: Collector;
  let app: Awaited<ReturnType<typeof createApp>>;
  let port: number;
  let client: ChatClient;
  const logger = new PrintedLines();

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startProxy(database.url);
    collector = await startCollector();
    const config = readAppConfig({
      ...AUTH_ENV,
      ...ONE_READY,
      CHATKIT_DATABASE_URL: proxy.url,
      CHATKIT_MAX_STREAMS_PER_USER: '1',
      CHATKIT_STALL_TIMEOUT_MS: '500',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      PORT: '0',
    });
    app = await createApp(config, { logger, model: new MoodyModel() });
    await app.listen(0, '127.0.0.1');
    ({ port } = app.getHttpServer().address() as AddressInfo);
    await untilReady(url());
    client = await ChatClient.of(url(), ada);
  });
  afterAll(async () => {
    await app?.close();
    await proxy?.close();
    collector?.close();
    await database?.drop();
  });

  const url = (): string => `http://127.0.0.1:${port}`;

  /** The line that a request leaves which is known by a header. */
  const lineOf = (id: string): Promise<Line> =>
    eventually(`a line of ${id}`, () =>
      logger.lines.find(
        ({ correlationId, message }) => correlationId === id && message === 'request answered',
      ),
    );

  async function cancelled(): Promise<void> {
    const leaving = new AbortController();
    const answer = await client.send(create('Wait'), named('cancelled'), leaving.signal);
    await (await client.send(create('Hello'), named('too-many'))).text();
    await answer.body?.getReader().read();
    leaving.abort();
  }

  async function stalled(): Promise<void> {
    const body = JSON.stringify(create('Flood'));
    const raw = await RawClient.connect(port);
    raw.socket.pause();
    raw.send(
      `POST /chatkit HTTP/1.1\r\nhost: test\r\nauthorization: Bearer ${await tokenOf(ada)}\r\nx-request-id: stalled\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await lineOf('stalled');
    raw.socket.destroy();
  }

  it('as a trace of one answer', async () => {
    const { threadId } = await client.create('When?');
    await (await client.send(say(threadId, 'And on Sundays?'), { traceparent: PARENT })).text();
    const root = await eventually('the trace is there', () =>
      collector.spans.find(({ parentSpanId }) => parentSpanId === CALLER),
    );
    // what the answer cost is saved when the client has its answer, at times after the trace was read
    const tree = traceTree(collector.spans, root).filter((line) => !line.includes('chatkit_usage_save'));
    if (isWritten) show('A trace of one answer', tree);
    expect(names(shown('A trace of one answer'))).toEqual(names(tree));
  });

  it('as a line of each outcome', async () => {
    await (await client.send(create('When?'), named('answered'))).text();
    await fetch(`${url()}/chatkit`, { method: 'POST', headers: named('nobody') });
    await cancelled();
    await lineOf('cancelled');
    await (await client.send(create('Fail'), named('failed'))).text();
    await stalled();
    await proxy.close();
    await eventually('the database is missed', async () => {
      const { status, body } = await client.send(create('When?'));
      await body?.cancel();
      return status === 503;
    });
    await (await client.send(create('When?'), named('away'))).text();
    const ids = ['answered', 'nobody', 'too-many', 'away', 'cancelled', 'failed', 'stalled'];
    const lines = await Promise.all(ids.map(lineOf));
    if (isWritten)
      show(
        'A line of each outcome',
        lines.map((line) => JSON.stringify(line)),
      );
    const written = shown('A line of each outcome').map((line) => JSON.parse(line) as Line);
    expect(written.map(lasting)).toEqual(lines.map(lasting));
  });
});
