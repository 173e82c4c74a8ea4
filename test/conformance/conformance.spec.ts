import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryStore, type Store, type TenantScope } from '../../src/chatkit/core/index.js';
import type { StoreParts } from '../../src/store/index.js';
import { createTestDatabase, emptyTables, openStore, type TestDatabase } from '../support/database.js';
import type { AgentScenario } from './agent-scenario.js';
import { runAgentScenario } from './run-agent-scenario.js';
import { runScenario } from './run-scenario.js';
import type { Scenario } from './scenario.js';

function read<T>(family: string): T[] {
  const folder = join(import.meta.dirname, family);
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T);
}

const scenarios = read<Scenario>('server');
const agentScenarios = read<AgentScenario>('agents');

/** Their threads and items have the same ids again and again: `forget` makes place for the next. */
function answersAlike(store: () => Store<TenantScope>, forget = async (): Promise<void> => undefined): void {
  it.each(scenarios)('$name', async (scenario) => {
    expect(await runScenario(scenario, store(), randomUUID())).toEqual([]);
  });

  it.each(agentScenarios)('with an agent: $name', async (scenario) => {
    await forget();
    expect(await runAgentScenario(scenario, store(), 'replay')).toEqual([]);
  });
}

describe('The server over the in-memory store answers as the reference does', () => {
  answersAlike(() => new MemoryStore());
});

describe.each(['row', 'schema'])(
  'The server over PostgreSQL, isolated by %s, answers as the reference does',
  (isolation) => {
    let database: TestDatabase;
    let parts: StoreParts;

    beforeAll(async () => {
      database = await createTestDatabase();
      parts = await openStore(database, { CHATKIT_ISOLATION: isolation });
    });

    afterAll(async () => {
      await parts.database.close();
      await database.drop();
    });

    answersAlike(
      () => parts.store,
      () => emptyTables(database),
    );
  },
);

describe('The replay itself', () => {
  it('notices an answer that differs from the recording', async () => {
    const [first] = scenarios;
    const altered = JSON.parse(JSON.stringify(first).replaceAll('"output_text"', '"other_text"')) as Scenario;
    expect(await runScenario(altered, new MemoryStore(), randomUUID())).not.toEqual([]);
  });

  it.each([
    ['an event that is missing', '001', 'events', ({ expect: { events } }) => events[0]?.pop()],
    [
      'an event in another place',
      '029',
      'events',
      ({ expect: { events } }) => events[0]?.push(events[0].shift()),
    ],
    ['a request that was not recorded', '081', 'events', ({ expect: { events } }) => events.pop()],
    ['an item that is not stored', '055', 'dump', ({ expect: { dump } }) => dump.push({ id: 'msg_model_1' })],
    [
      'a word more than the one after a tripped guardrail',
      '052',
      'events',
      ({ expect: { events } }) => events[0]?.splice(5, 0, events[0][4]),
    ],
    [
      'a call of the model too many',
      '023',
      'model_requests',
      ({ expect: { model_requests: calls } }) => calls.pop(),
    ],
    [
      'another tool given to the model',
      '023',
      'model_requests',
      ({ expect: { model_requests: calls } }) => calls[0]?.tools.push('other'),
    ],
  ] satisfies [string, string, string, (scenario: AgentScenario) => unknown][])(
    'notices %s in what an agent did',
    async (_what, name, part, change) => {
      expect(await altered(name, change)).toEqual([expect.stringMatching(new RegExp(`^${part} at `))]);
    },
  );

  it.each([
    ['a text that the model was sent', '067'],
    ['the output of a client tool', '068'],
    ['a widget within a text', '070'],
    ['the address of an image', '076'],
    ['what a tool answered', '023'],
  ])('notices another spelling of %s', async (_what, name) => {
    const found = await altered(name, ({ expect: { model_requests: calls } }) => {
      const last = calls.at(-1);
      if (last !== undefined) last.input = JSON.parse(respelt(JSON.stringify(last.input)));
    });
    expect(found).toEqual([expect.stringMatching(/^model_requests at /)]);
  });
});

/** What the replay finds when the recording is changed. */
function altered(name: string, change: (scenario: AgentScenario) => unknown): Promise<string[]> {
  const scenario = agentScenarios.find((each) => each.name.startsWith(name));
  const copy = JSON.parse(JSON.stringify(scenario)) as AgentScenario;
  change(copy);
  return runAgentScenario(copy, new MemoryStore(), randomUUID());
}

/** Other letters in every text that says something, and in nothing that names a field. */
function respelt(json: string): string {
  return JSON.stringify(JSON.parse(json), (key, value: unknown) => {
    const says = ['text', 'output', 'image_url'].includes(key) && typeof value === 'string';
    return says ? value.replace(/[a-z](?=[^a-z]*$)/, 'ж') : value;
  });
}
