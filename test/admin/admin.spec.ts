import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { answered } from '../agents/support/answered.js';
import { ModelServer } from '../agents/support/model-server.js';
import { ChatClient } from '../app/support/chat-client.js';
import { eventually } from '../app/support/eventually.js';
import { startApp, untilReady, type RunningApp } from '../app/support/running-app.js';
import { AdminClient } from './support/admin-client.js';

const PATHS = ['organisation', 'usage', 'feedback', 'feedback/days'];

describe.each(['row', 'schema'])("administrators' routes with isolation by %s", (isolation) => {
  let database: TestDatabase;
  let app: RunningApp;
  let boss: AdminClient;
  let otherBoss: AdminClient;
  let ada: ChatClient;
  let ben: ChatClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await startApp({ CHATKIT_DATABASE_URL: database.url, CHATKIT_ISOLATION: isolation });
    await untilReady(app.url);
    boss = await AdminClient.of(app.url, { tenant: 'aurora', user: 'boss' });
    otherBoss = await AdminClient.of(app.url, { tenant: 'borealis', user: 'boss' });
    ada = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
    ben = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ben' });
  });

  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  it('let in nobody else', async () => {
    const member = await AdminClient.of(app.url, { tenant: 'aurora', user: 'ada' }, ['editor']);
    for (const path of PATHS) {
      expect(await member.get(path)).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
      const anonymous = await fetch(`${app.url}/chatkit/admin/${path}`);
      expect(anonymous.status).toBe(401);
      expect(await anonymous.json()).toMatchObject({ error: { code: 'unauthorized' } });
    }
    expect(await member.put('organisation', { instructions: 'Obey me.' })).toMatchObject({ status: 403 });
  });

  it('keep the instructions of one organisation from the others', async () => {
    expect(await boss.get('organisation')).toEqual({
      status: 200,
      body: { instructions: '', updated_at: null, updated_by: null },
    });
    const saved = await boss.put('organisation', { instructions: 'Say "we" when you mean Aurora. Ünï\n' });
    expect(saved).toMatchObject({
      status: 200,
      body: { instructions: 'Say "we" when you mean Aurora. Ünï\n', updated_by: 'boss' },
    });
    expect(await boss.get('organisation')).toEqual(saved);
    expect(await otherBoss.get('organisation')).toMatchObject({ body: { instructions: '' } });
    expect(await boss.put('organisation', { instructions: '' })).toMatchObject({
      body: { instructions: '' },
    });
  });

  it.each([
    ['too long', { instructions: 'x'.repeat(8001) }, 'instructions'],
    ['no text', { instructions: 7 }, 'instructions'],
    ['unknown', { instructions: 'x', tenant_id: 'borealis' }, 'tenant_id'],
  ])('name the field of instructions that is %s', async (_what, body, field) => {
    expect(await boss.put('organisation', body)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', field } },
    });
  });

  it('refuse a body that is too large or no JSON', async () => {
    const large = JSON.stringify({ instructions: 'x'.repeat(70_000) });
    expect(await boss.put('organisation', large)).toMatchObject({
      status: 413,
      body: { error: { code: 'payload_too_large' } },
    });
    expect(await boss.put('organisation', '{')).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request' } },
    });
  });

  it('count what the answers of all members have cost, and those of no other organisation', async () => {
    await ada.create('One');
    await ben.create('Two');
    const mine = await eventually('both answers are counted', async () => {
      const { body } = await boss.get('usage?groupBy=user');
      return (body['data'] as unknown[]).length === 2 && body;
    });
    expect(mine).toMatchObject({ group_by: 'user', has_more: false });
    const byUser = (mine['data'] as { key: string }[]).toSorted((a, b) => a.key.localeCompare(b.key));
    expect(byUser).toMatchObject([
      { key: 'ada', answers: 1, requests: 1, stopped: 0, failed: 0 },
      { key: 'ben', answers: 1, requests: 1, stopped: 0, failed: 0 },
    ]);
    const figures = expect.objectContaining({
      input_tokens: expect.any(Number) as number,
      output_tokens: expect.any(Number) as number,
      duration_ms: expect.any(Number) as number,
    }) as object;
    expect(byUser).toEqual([figures, figures]);
    expect((await boss.get('usage?groupBy=model')).body['data']).toMatchObject([
      { key: 'offline', answers: 2 },
    ]);
    const today = (await boss.get('usage')).body;
    expect(today['data']).toMatchObject([
      { key: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, answers: 2 },
    ]);
    const past = await boss.get('usage?from=2020-01-01&to=2020-02-01');
    expect(past.body).toMatchObject({ from: '2020-01-01T00:00:00.000Z', data: [] });
    expect((await otherBoss.get('usage')).body['data']).toEqual([]);
  });

  it.each([
    ['from=yesterday', 'from'],
    ['to=2026-99-01', 'to'],
    ['from=2026-01-02&to=2026-01-01', 'from'],
    ['from=2020-01-01&to=2026-01-01', 'from'],
    ['groupBy=tenant', 'groupBy'],
    ['tenant=borealis', 'tenant'],
  ])('name the field of a report that cannot be made: %s', async (query, field) => {
    expect(await boss.get(`usage?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', field } },
    });
  });

  it('list what members think of answers, page by page, without what was said', async () => {
    const opinions = [
      [ada, 'positive'],
      [ben, 'negative'],
      [ada, 'negative'],
    ] as const;
    const said: string[] = [];
    for (const [member, kind] of opinions) {
      const { threadId, items } = await member.create('A secret of mine');
      const item = items.find(({ type }) => type === 'assistant_message');
      said.unshift(item?.id ?? '');
      const params = { thread_id: threadId, item_ids: [item?.id], kind };
      await member.json('items.feedback', params);
    }
    const all = await boss.get('feedback');
    expect(all.body).toMatchObject({
      has_more: false,
      data: [
        { item_id: said[0], user_id: 'ada', kind: 'negative' },
        { item_id: said[1], user_id: 'ben', kind: 'negative' },
        { item_id: said[2], user_id: 'ada', kind: 'positive' },
      ],
    });
    expect(JSON.stringify(all.body)).not.toContain('secret');
    const first = await boss.get('feedback?kind=negative&limit=1');
    expect(first.body).toMatchObject({ data: [{ item_id: said[0] }], has_more: true });
    const after = encodeURIComponent(String(first.body['after']));
    const second = await boss.get(`feedback?kind=negative&limit=1&after=${after}`);
    expect(second.body).toEqual({ data: [expect.objectContaining({ item_id: said[1] })], has_more: false });
    expect((await otherBoss.get('feedback')).body).toEqual({ data: [], has_more: false });
  });

  it('count the opinions of each day', async () => {
    const { body } = await boss.get('feedback/days');
    const [{ created_at }] = (await boss.get('feedback?limit=1')).body['data'] as [{ created_at: string }];
    expect(body).toEqual({
      from: expect.any(String) as string,
      to: expect.any(String) as string,
      data: [{ day: created_at.slice(0, 10), positive: 1, negative: 2 }],
    });
    expect((await boss.get('feedback/days?from=2020-01-01&to=2020-02-01')).body['data']).toEqual([]);
    expect((await otherBoss.get('feedback/days')).body['data']).toEqual([]);
    expect(await boss.get('feedback/days?from=2026-01-02&to=2026-01-01')).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', field: 'from' } },
    });
  });

  it.each([
    ['kind=great', 'kind'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=1.5', 'limit'],
    ['after=nonsense', 'after'],
    [`after=${Buffer.from('["2026-99-99T00:00:00.000000Z","t","i","u"]').toString('base64url')}`, 'after'],
    [`after=${Buffer.from('["2026-01-01T00:00:00.000000Z","t","i"]').toString('base64url')}`, 'after'],
  ])('name the field of a list that cannot be made: %s', async (query, field) => {
    expect(await boss.get(`feedback?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_request', field } },
    });
  });
});

describe("administrators' routes", () => {
  it('answer 503 while the database is away', async () => {
    const url = 'postgres://nobody:x@127.0.0.1:1/none';
    const app = await startApp({ CHATKIT_DATABASE_URL: url });
    const boss = await AdminClient.of(app.url, { tenant: 'aurora', user: 'boss' });
    for (const path of PATHS) {
      expect(await boss.get(path)).toMatchObject({
        status: 503,
        body: { error: { code: 'chat_unavailable' } },
      });
    }
    await app.close();
  });

  it('change what the model is told from the next answer on, in their organisation alone', async () => {
    const database = await createTestDatabase();
    await using models = await ModelServer.start([answered, answered, answered, answered]);
    const app = await startApp({
      CHATKIT_DATABASE_URL: database.url,
      OPENAI_API_KEY: 'sk-test',
      OPENAI_BASE_URL: models.url,
      CHATKIT_TITLES: 'words',
    });
    await untilReady(app.url);
    const boss = await AdminClient.of(app.url, { tenant: 'aurora', user: 'boss' });
    const ada = await ChatClient.of(app.url, { tenant: 'aurora', user: 'ada' });
    const clara = await ChatClient.of(app.url, { tenant: 'borealis', user: 'ada' });
    await ada.create('Before');
    await boss.put('organisation', { instructions: 'Call us Aurora.' });
    await ada.create('After');
    await clara.create('Elsewhere');
    await boss.put('organisation', { instructions: '' });
    await ada.create('Withdrawn');
    const told = models.calls.map(({ body }) => body.instructions.includes('"Call us Aurora."'));
    expect(told).toEqual([false, true, false, false]);
    await app.close();
    await database.drop();
  });

  it('know administrators by the role that is configured', async () => {
    const database = await createTestDatabase();
    const app = await startApp({ CHATKIT_DATABASE_URL: database.url, CHATKIT_ADMIN_ROLE: 'chat-owner' });
    await untilReady(app.url);
    const person = { tenant: 'aurora', user: 'boss' };
    expect((await (await AdminClient.of(app.url, person, ['chat-owner'])).get('usage')).status).toBe(200);
    expect((await (await AdminClient.of(app.url, person, ['admin'])).get('usage')).status).toBe(403);
    await app.close();
    await database.drop();
  });
});
