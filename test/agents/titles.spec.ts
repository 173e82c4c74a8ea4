import { Injectable } from '@nestjs/common';
import { InputGuardrail, type GuardrailVerdict } from '../../src/agents/index.js';
import { AgentApp, until } from './support/agent-app.js';
import { agentsConfig, collect, contextOf, message } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { NamingModel } from './support/naming-model.js';

const ada = contextOf();
const config = agentsConfig({ titles: 'model' });
const QUESTION = 'Could you please tell me when the office in Lisbon is open?';

@Injectable()
class Judge {
  @InputGuardrail()
  refuseNothing(): GuardrailVerdict {
    return { tripwireTriggered: false };
  }
}

async function titleOf(app: AgentApp, threadId: string): Promise<string | undefined> {
  return (await app.store.loadThread(threadId, ada)).title;
}

describe('the title of a new thread', () => {
  let logs: CapturedLogs;
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  it('is made by the model, and announced with the first answer when it is there by then', async () => {
    const model = new NamingModel(() => 'Opening hours in Lisbon');
    model.afterFirstWord = () => until(() => model.asked.length === 1);
    await using app = await AgentApp.start({ model, config });
    const { titles, threadId, events } = await app.say(QUESTION, ada);
    expect(titles).toEqual(['Opening hours in Lisbon']);
    expect(await titleOf(app, threadId)).toBe('Opening hours in Lisbon');
    const named = events.find((event) => event.type === 'thread.updated');
    expect(named?.thread).toMatchObject({ id: threadId, metadata: {}, items: { data: [] } });
  });

  it('is asked for with the message alone', async () => {
    const model = new NamingModel(() => 'A title');
    await using app = await AgentApp.start({ model, config });
    await app.say(QUESTION, ada.with({ metadata: { pageContext: { title: 'Secret page' } } }));
    const [request] = model.asked;
    expect(JSON.stringify(request?.input)).toContain(QUESTION);
    expect(JSON.stringify(request)).not.toMatch(/Ada|acme|Secret page/);
    expect(request?.tools).toEqual([]);
  });

  it('does not keep the answer open: one that comes later is there at the next look', async () => {
    const gate = Promise.withResolvers<string>();
    await using app = await AgentApp.start({ model: new NamingModel(() => gate.promise), config });
    const { text, titles, threadId } = await app.say(QUESTION, ada);
    expect(text).toBe('Of course.');
    expect(titles).toEqual([]);
    expect(await titleOf(app, threadId)).toBeUndefined();
    gate.resolve('Opening hours in Lisbon');
    await until(async () => (await titleOf(app, threadId)) === 'Opening hours in Lisbon');
  });

  it.each(['before the answer ends', 'after the answer has ended'])(
    'that the user gives is kept, when the model’s comes %s',
    async (when) => {
      const gate = Promise.withResolvers<string>();
      const model = new NamingModel(() => gate.promise);
      await using app = await AgentApp.start({ model, config });
      let threadId = '';
      const rename = async (): Promise<void> => {
        const thread = await app.store.loadThread(threadId, ada);
        await app.store.saveThread({ ...thread, title: 'Mine' }, ada);
      };
      const titles: unknown[] = [];
      for await (const event of app.stream(message(QUESTION), ada)) {
        if (event.type === 'thread.created') threadId = event.thread.id;
        if (event.type === 'thread.updated') titles.push(event.thread.title);
        if (event.type !== 'thread.item.added') continue;
        await rename();
        if (when === 'before the answer ends') gate.resolve('Theirs');
      }
      gate.resolve('Theirs');
      await app[Symbol.asyncDispose]();
      expect(titles).toEqual([]);
      expect(await titleOf(app, threadId)).toBe('Mine');
    },
  );

  it('comes for an answer that was stopped, too', async () => {
    const model = new NamingModel(() => 'Opening hours in Lisbon');
    await using app = await AgentApp.start({ model, config });
    const leaving = new AbortController();
    model.afterFirstWord = () => leaving.abort();
    const events = await collect(app.stream(message(QUESTION), ada.with({ signal: leaving.signal })));
    const created = events.find((event) => event.type === 'thread.created');
    const threadId = created?.thread.id ?? '';
    await until(async () => (await titleOf(app, threadId)) === 'Opening hours in Lisbon');
  });

  it('comes for an answer that failed, too', async () => {
    const model = new NamingModel(() => 'Opening hours in Lisbon');
    model.afterFirstWord = () => Promise.reject(new Error('down'));
    await using app = await AgentApp.start({ model, config });
    const { error, threadId } = await app.say(QUESTION, ada);
    expect(error).toMatchObject({ type: 'error' });
    await until(async () => (await titleOf(app, threadId)) === 'Opening hours in Lisbon');
  });

  it.each([
    ['"Opening hours"', 'Opening hours'],
    ['Title: Opening hours.\nI hope this helps!', 'Opening hours'],
    ['**„Öffnungszeiten in Lissabon“**', 'Öffnungszeiten in Lissabon'],
    ['\n# Opening\u202e hours \u0000', 'Opening hours'],
    ['営業時間', '営業時間'],
    ['word '.repeat(40), 'word word word word word word word word word word word…'],
    ['Can it be?', 'Can it be?'],
  ])('is what remains of %j', async (written, title) => {
    const model = new NamingModel(() => written);
    await using app = await AgentApp.start({ model, config });
    const { threadId } = await app.say('Hello', ada);
    await until(async () => (await titleOf(app, threadId)) === title);
  });

  it.each([
    ['writes nothing', () => ''],
    ['writes nothing that could be one', () => '" "'],
    ['fails', () => Promise.reject(new Error('a secret cause'))],
  ])('is the first words of the message when the model %s', async (_what, written) => {
    await using app = await AgentApp.start({ model: new NamingModel(written), config });
    const { threadId } = await app.say(QUESTION, ada);
    await until(async () => (await titleOf(app, threadId)) !== undefined);
    expect(await titleOf(app, threadId)).toBe('Could you please tell me when the office in Lisbon is open?');
    expect(logs.text).not.toMatch(/secret|Lisbon/);
  });

  it('is the first words where a guardrail may still refuse what was asked', async () => {
    const model = new NamingModel(() => 'Theirs');
    await using app = await AgentApp.start({ model, config, providers: [Judge] });
    const { titles } = await app.say('Hello there', ada);
    expect(titles).toEqual(['Hello there']);
    expect(model.asked).toEqual([]);
  });

  it('is the first words where that is configured', async () => {
    const model = new NamingModel(() => 'Theirs');
    await using app = await AgentApp.start({ model, config: agentsConfig({ titles: 'words' }) });
    expect((await app.say('Hello there', ada)).titles).toEqual(['Hello there']);
    expect(model.asked).toEqual([]);
  });

  it('is asked for once', async () => {
    const model = new NamingModel(() => 'A title');
    await using app = await AgentApp.start({ model, config });
    const { threadId } = await app.say('One', ada);
    await until(async () => (await titleOf(app, threadId)) === 'A title');
    await app.say('Two', ada, threadId);
    expect(model.asked).toHaveLength(1);
  });

  it('is the first words when the server stops before the model has answered', async () => {
    const app = await AgentApp.start({ model: new NamingModel(() => new Promise(() => undefined)), config });
    const { threadId } = await app.say('Hello there', ada);
    await app[Symbol.asyncDispose]();
    expect(await titleOf(app, threadId)).toBe('Hello there');
  });

  it('brings no thread back that was deleted meanwhile', async () => {
    const gate = Promise.withResolvers<string>();
    const app = await AgentApp.start({ model: new NamingModel(() => gate.promise), config });
    const { threadId } = await app.say(QUESTION, ada);
    await app.store.deleteThread(threadId, ada);
    gate.resolve('Late');
    await app[Symbol.asyncDispose]();
    await expect(app.store.loadThread(threadId, ada)).rejects.toThrow('Thread not found');
    expect(logs.text).not.toContain('title');
  });
});
