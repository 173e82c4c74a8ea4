import type { AnswerUsage, UsageRecorder } from '../../src/agents/index.js';
import { CHATKIT_USAGE_RECORDER } from '../../src/agents/index.js';
import { UnavailableError } from '../../src/chatkit/core/index.js';
import { AgentApp, until } from './support/agent-app.js';
import { agentsConfig, collect, contextOf, message } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { NamingModel } from './support/naming-model.js';

const ada = contextOf();

/** Remembers what it is given, when it may. */
class Ledger implements UsageRecorder {
  readonly entries: AnswerUsage[] = [];
  attempts = 0;

  constructor(private readonly gate: () => Promise<void> | void = () => undefined) {}

  async record(usage: AnswerUsage): Promise<void> {
    this.attempts += 1;
    await this.gate();
    this.entries.push(usage);
  }
}

function start(
  model: NamingModel,
  ledger: UsageRecorder,
  titles: 'model' | 'words' = 'words',
): Promise<AgentApp> {
  const providers = [{ provide: CHATKIT_USAGE_RECORDER, useValue: ledger }];
  const config = agentsConfig({ apiKey: 'sk-unused', model: 'gpt-test', titles });
  return AgentApp.start({ model, config, providers });
}

describe('what an answer costs', () => {
  let logs: CapturedLogs;
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  it('is recorded after it, for its user, thread and model', async () => {
    const ledger = new Ledger();
    await using app = await start(new NamingModel(() => ''), ledger);
    const { threadId } = await app.say('Hi', ada);
    await until(() => ledger.entries.length === 1);
    expect(ledger.entries).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        tenantId: 'acme',
        userId: 'u-ada',
        threadId,
        model: 'gpt-test',
        purpose: 'answer',
        outcome: 'completed',
        requests: 1,
        inputTokens: 40,
        cachedInputTokens: 32,
        outputTokens: 3,
        firstTokenMs: expect.any(Number) as number,
        durationMs: expect.any(Number) as number,
      },
    ]);
  });

  it('is recorded when the answer was stopped', async () => {
    const ledger = new Ledger();
    const model = new NamingModel(() => '');
    await using app = await start(model, ledger);
    const leaving = new AbortController();
    model.afterFirstWord = () => leaving.abort();
    await collect(app.stream(message('Hi'), ada.with({ signal: leaving.signal })));
    await until(() => ledger.entries.length === 1);
    expect(ledger.entries).toMatchObject([{ outcome: 'stopped', requests: 1, inputTokens: 0 }]);
  });

  it('is recorded when the answer failed', async () => {
    const ledger = new Ledger();
    const model = new NamingModel(() => '');
    await using app = await start(model, ledger);
    model.afterFirstWord = () => Promise.reject(new Error('down'));
    await app.say('Hi', ada);
    await until(() => ledger.entries.length === 1);
    expect(ledger.entries).toMatchObject([{ outcome: 'failed', requests: 1 }]);
  });

  it('is told apart from what the title costs', async () => {
    const ledger = new Ledger();
    await using app = await start(new NamingModel(() => 'A title'), ledger, 'model');
    await app.say('Hi', ada);
    await until(() => ledger.entries.length === 2);
    const title = ledger.entries.find(({ purpose }) => purpose === 'title');
    expect(title).toMatchObject({ outcome: 'completed', requests: 1, inputTokens: 40, outputTokens: 3 });
  });

  it('keeps no answer waiting, and is written before the server has stopped', async () => {
    const gate = Promise.withResolvers<void>();
    const ledger = new Ledger(() => gate.promise);
    const app = await start(new NamingModel(() => ''), ledger);
    await app.say('One', ada);
    await app.say('Two', ada);
    expect(ledger.entries).toEqual([]);
    const closed = app[Symbol.asyncDispose]();
    gate.resolve();
    await closed;
    expect(ledger.entries).toHaveLength(2);
  });

  it('has titles, too, that the server did not wait for when it stopped', async () => {
    const ledger = new Ledger();
    const app = await start(new NamingModel(() => new Promise(() => undefined)), ledger, 'model');
    await app.say('Hi', ada);
    await app[Symbol.asyncDispose]();
    expect(ledger.entries.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['answer', 'completed'],
      ['title', 'failed'],
    ]);
  });

  it('waits for a store that is away, and is told with the same id again', async () => {
    const told: string[] = [];
    let away = true;
    const recorder: UsageRecorder = {
      record({ id }) {
        told.push(id);
        return away ? Promise.reject(new UnavailableError('Away')) : Promise.resolve();
      },
    };
    await using app = await start(new NamingModel(() => ''), recorder);
    await app.say('One', ada);
    await until(() => told.length === 1);
    away = false;
    await app.say('Two', ada);
    await until(() => told.length === 3);
    expect(told[1]).toBe(told[0]);
    expect(new Set(told).size).toBe(2);
    expect(logs.text).not.toContain('could not be kept');
  });

  it('is given up where its store is away when the server stops', async () => {
    const ledger = new Ledger(() => Promise.reject(new UnavailableError('Away')));
    const app = await start(new NamingModel(() => ''), ledger);
    await app.say('One', ada);
    await app[Symbol.asyncDispose]();
    expect(logs.text).toContain('could not be kept');
  });

  it('harms no answer when it cannot be recorded, and says so once', async () => {
    const ledger = new Ledger(() => Promise.reject(new TypeError('a secret cause')));
    await using app = await start(new NamingModel(() => ''), ledger);
    for (const text of ['One', 'Two']) expect((await app.say(text, ada)).text).toBe('Of course.');
    await until(() => ledger.attempts === 2);
    expect(logs.text.match(/could not be kept/g)).toHaveLength(1);
    expect(logs.text).toContain('TypeError');
    expect(logs.text).not.toContain('secret');
  });
});
