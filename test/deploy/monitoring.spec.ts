import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '../support/free-port.js';
import { ChatClient } from '../app/support/chat-client.js';
import { eventually } from '../app/support/eventually.js';
import { create } from '../app/support/requests.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { TenantRetention } from '../../src/tenants/index.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';

const root = resolve(import.meta.dirname, '../..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly expr: string }[];
}
const { panels } = JSON.parse(text('deploy/grafana/chatkit.json')) as { panels: readonly Panel[] };
const rules = [...text('deploy/prometheus/alerts.yml').matchAll(/- alert: (\w+)\n\s+expr: >-\n\s+(.+)\n/g)];

/** What is asked for, by who asks. */
const expressions: [who: string, expression: string][] = [
  ...panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }): [string, string] => [`panel ${title}`, expr]),
  ),
  ...rules.map(([, alert = '', expr = '']): [string, string] => [`alert ${alert}`, expr]),
];

/** What Prometheus adds to every series. */
const ADDED = new Set(['instance', 'job']);
const LABELS = /\b(?:by|without|on|ignoring) \(([^)]*)\)/g;
const SELECTOR = /\{([^}]*)\}/g;
const STRINGS = /"[^"]*"/g;

/** Names of series in an expression: whatever looks like one and is neither a label nor a text. */
function seriesIn(expression: string): string[] {
  const bare = expression
    .replaceAll(SELECTOR, '')
    .replaceAll(LABELS, '')
    .replaceAll(/\[[^\]]*\]/g, '');
  return bare.match(/\b[a-z]+_[a-z_]+\b(?!\s*\()/g) ?? [];
}

function labelsIn(expression: string): string[] {
  const grouped = [...expression.matchAll(LABELS)].flatMap(([, names = '']) => names.split(/,\s*/));
  const selected = [...expression.replaceAll(STRINGS, '').matchAll(SELECTOR)].flatMap(([, all = '']) =>
    all.split(',').map((each) => each.split(/[=!]/, 1)[0] ?? ''),
  );
  return [...grouped, ...selected].filter((name) => name !== '' && !ADDED.has(name));
}

describe('The dashboard and the alerts', () => {
  let database: TestDatabase;
  let app: RunningApp;
  let scraped: ReadonlySet<string>;
  let further: TestDatabase;
  let labels: ReadonlySet<string>;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const port = String(await freePort());
    further = await createEmptyDatabase();
    app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      CHATKIT_DATABASES: JSON.stringify({ further: { url: further.url } }),
      CHATKIT_METRICS_PORT: port,
      CHATKIT_DEMO: 'true',
      CHATKIT_OFFLINE_DELAY_MS: '10',
      CHATKIT_MAX_STREAMS_PER_USER: '1',
      CHATKIT_RETENTION_ACTIVE_DAYS: '30',
      CHATKIT_REPLICAS: '2',
    });
    await untilReady(app.url);
    const client = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
    const { threadId } = await client.create('Check the hours');
    await database.query(`UPDATE chatkit.threads SET updated_at = now() - interval '31 days'`);
    expect(await app.find(TenantRetention).run()).toMatchObject({ threads: 1 });
    expect((await client.send({ type: 'threads.get_by_id', params: { thread_id: threadId } })).status).toBe(
      404,
    );
    for await (const { type } of client.stream(create('Count to 1000'))) {
      // the model is speaking
      if (type !== 'thread.item.updated') continue;
      await client.refusal(create('Hello'));
      break;
    }
    const scrape = async (): Promise<string> => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const metrics = await eventually('the stopped call of the model is counted', async () => {
      const found = await scrape();
      const isThere = found.includes('error_type="stopped"') && found.includes('chatkit_stop="cancelled"} 1');
      return isThere && found;
    });
    scraped = new Set(metrics.match(/^[a-z_]+/gm));
    labels = new Set(Array.from(metrics.matchAll(/([a-z_]+)="/g), ([, name = '']) => name));
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
    await further?.drop();
  });

  it('ask for something', () => {
    expect(expressions.length).toBeGreaterThan(40);
    for (const [who, expression] of expressions) expect([who, seriesIn(expression)]).not.toEqual([who, []]);
  });

  it('ask for what a server serves that has answered, refused and been left', () => {
    const missing = expressions.flatMap(([who, expression]) =>
      seriesIn(expression)
        .filter((name) => !scraped.has(name))
        .map((name) => `${who}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('tell apart by labels that there are', () => {
    const missing = expressions.flatMap(([who, expression]) =>
      labelsIn(expression)
        .filter((name) => !labels.has(name))
        .map((name) => `${who}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('have a runbook for each alert', () => {
    const headings = Array.from(
      text('docs/operations/alerts.md').matchAll(/^## (.+)$/gm),
      ([, title]) => title,
    );
    expect(new Set(headings)).toEqual(new Set(rules.map(([, alert]) => alert)));
  });

  it('leave no metric out that the server has', () => {
    const asked = new Set(expressions.flatMap(([, expression]) => seriesIn(expression)));
    const bases = new Set([...scraped].map(baseOf));
    const askedBases = new Set([...asked].map(baseOf));
    expect([...bases].filter((name) => !askedBases.has(name) && name !== 'target_info')).toEqual([]);
  });
});

/** The metric that a series belongs to. */
function baseOf(series: string): string {
  return series.replace(/_(bucket|sum|count|total)$/, '').replace(/^db_client_connection$/, series);
}
