import { groupByDate, parseTime } from '../i18n/dates.js';
import { Translator } from '../i18n/translator.js';
import { Composer } from './composer.js';
import { MethodQueue } from './method-queue.js';
import { readOptions } from './options.js';
import { Stage, stopAll, thread } from './testing.js';

afterEach(stopAll);

describe('Options', () => {
  it('given as undefined or of the wrong type count as absent', () => {
    const options = readOptions({
      api: { url: '/x', fetch: undefined },
      theme: undefined,
      history: null,
      header: 3,
    });
    expect(options).toMatchObject({
      api: { url: '/x', fetch: undefined, hosted: false },
      history: { enabled: true, showDelete: true, showRename: true },
      header: { enabled: true },
      initialThread: null,
      frameTitle: 'Chat',
    });
  });

  it.each([undefined, null, 'text', []])('that are no object are refused: %j', (value) => {
    expect(() => readOptions(value)).toThrow(TypeError);
  });

  it('of a hosted chat are explained and send nothing', () => {
    const stage = new Stage(() => Response.json({}), { api: { getClientSecret: () => 'secret' } });
    stage.session.start();
    expect(stage.said).toEqual(['error']);
    expect(stage.session.state.value.problem?.code).toBe('hosted');
    expect(stage.requests).toEqual([]);
  });
});

describe('Calls before the element is ready', () => {
  it('wait and then run in order', async () => {
    const queue = new MethodQueue();
    const ran: number[] = [];
    const call = (value: number) => async (): Promise<number> => {
      ran.push(value);
      return value;
    };
    const results = [queue.run(call(1)), queue.run(call(2))];
    expect(ran).toEqual([]);
    queue.open();
    expect(await Promise.all([...results, queue.run(call(3))])).toEqual([1, 2, 3]);
    expect(ran).toEqual([1, 2, 3]);
  });
});

describe('Drafts', () => {
  it('belong to their thread', () => {
    const composer = new Composer();
    composer.type('for the new one');
    composer.switchTo('thr_1');
    expect(composer.state.value.text).toBe('');
    composer.type('for thread one');
    composer.switchTo(null);
    expect(composer.state.value.text).toBe('for the new one');
    composer.switchTo('thr_1');
    expect(composer.state.value.text).toBe('for thread one');
  });

  it('that are brought back never overwrite another one', () => {
    const composer = new Composer();
    composer.type('newer');
    composer.restore({ text: 'older' });
    expect(composer.state.value.text).toBe('newer');
  });

  it('change only in the parts that are given', () => {
    const composer = new Composer();
    composer.put({ text: 'words', reply: 'quote' });
    composer.put({ text: 'other' });
    expect(composer.state.value).toMatchObject({ text: 'other', reply: 'quote' });
    composer.put({ reply: null });
    expect(composer.state.value.reply).toBeUndefined();
  });
});

const titles = (stage: Stage): unknown[] =>
  stage.session.history.state.value.entries.map(({ title }) => title);

const at = (days: number): string => new Date(2026, 5, 15 - days, 11).toISOString();

describe('The history', () => {
  const entries = Array.from({ length: 3 }, (_, at) => ({
    ...thread,
    id: `thr_${at}`,
    title: `Thread ${at}`,
  }));

  function listing(): Stage {
    const stage = new Stage(
      ({ type, params }) => {
        if (type !== 'threads.list') return Response.json({ error: { code: 'internal' } }, { status: 500 });
        const more = params.after === undefined;
        return Response.json({
          data: more ? entries.slice(0, 2) : entries.slice(2),
          has_more: more,
          after: 'thr_1',
        });
      },
      { history: { enabled: true } },
    );
    stage.session.start();
    return stage;
  }

  it('follows the pages that a server gives', async () => {
    const stage = listing();
    await new Promise<void>((resolve) => {
      stage.session.history.state.subscribe(
        () => stage.session.history.state.value.status === 'ready' && resolve(),
      );
    });
    expect(stage.requests[0]?.params).toEqual({ limit: 9999, order: 'desc' });
    await stage.session.history.more();
    expect(titles(stage)).toEqual(['Thread 0', 'Thread 1', 'Thread 2']);
    expect(stage.session.history.state.value.hasMore).toBe(false);
  });

  it('takes a new title back, and keeps a thread, when the server refuses', async () => {
    const stage = listing();
    await new Promise<void>((resolve) => {
      stage.session.history.state.subscribe(
        () => stage.session.history.state.value.status === 'ready' && resolve(),
      );
    });
    await expect(stage.session.renameThread('thr_0', 'Other')).rejects.toThrow();
    await expect(stage.session.deleteThread('thr_0')).rejects.toThrow();
    expect(titles(stage)).toEqual(['Thread 0', 'Thread 1']);
  });

  it('groups by age in the words of the day', () => {
    const now = new Date(2026, 5, 15, 12);
    const groups = groupByDate(
      [0, 1, 5, 20, 90].map((days) => ({ id: `t${days}`, created_at: at(days), status: { type: 'active' } })),
      now,
      'en',
      new Translator(() => 'en').text,
    );
    expect(groups.map(({ label }) => label)).toEqual([
      'Today',
      'Yesterday',
      'Previous 7 days',
      'Previous 30 days',
      'March 2026',
    ]);
  });

  it('takes a time without a zone for UTC', () => {
    expect(parseTime('2026-01-02T03:04:05')?.toISOString()).toBe('2026-01-02T03:04:05.000Z');
    expect(parseTime('nonsense')).toBeUndefined();
  });
});
