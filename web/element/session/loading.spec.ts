import { HandFed, Stage, answerItem, stopAll, thread, userItem } from './testing.js';
import type { SentRequest } from './testing.js';

afterEach(stopAll);

const all = Array.from({ length: 130 }, (_, at) => userItem(`m${at}`, `Message ${at}`));

/** A server that pages like the reference: the thread brings its oldest items, lists come as asked. */
function paged({ type, params }: SentRequest): Response {
  if (type === 'threads.get_by_id')
    return Response.json({ ...thread, items: { data: all.slice(0, 20), has_more: true } });
  if (type !== 'items.list') return Response.json({ data: [], has_more: false });
  const newestFirst = all.toReversed();
  const from = params.after === undefined ? 0 : newestFirst.findIndex(({ id }) => id === params.after) + 1;
  const data = newestFirst.slice(from, from + 50);
  return Response.json({ data, has_more: from + 50 < all.length, after: data.at(-1)?.id ?? null });
}

function ids(stage: Stage): string[] {
  return stage.session.state.value.items.map(({ id }) => id);
}

const page = (id: string): Response => Response.json({ ...thread, id, items: { data: [], has_more: false } });

describe('Loading a thread', () => {
  it('shows the newest page, oldest at the top, and pages upwards without gaps', async () => {
    const stage = new Stage(paged);
    stage.session.start();
    await stage.session.setThreadId('thr_1');
    expect(ids(stage)).toEqual(all.slice(80).map(({ id }) => id));
    await stage.session.loadOlder();
    await stage.session.loadOlder();
    expect(ids(stage)).toEqual(all.map(({ id }) => id));
    expect(stage.session.state.value.older.hasMore).toBe(false);
  });

  it('offers to try again where its last message was never answered', async () => {
    const stage = new Stage((request, init) => {
      if (request.type === 'threads.retry_after_item') return new HandFed(init).response;
      if (request.type !== 'items.list') return paged(request);
      return Response.json({ data: [userItem('m1', 'Are you there?')], has_more: false });
    });
    stage.session.start();
    await stage.session.setThreadId('thr_1');
    expect(stage.session.state.value.problem).toEqual({ code: 'unanswered', canRetry: true });
    void stage.session.retryProblem();
    await stage.until(() => stage.sent.includes('threads.retry_after_item'));
    expect(stage.session.state.value.problem).toBeUndefined();
  });

  it.each(['locked', 'closed'])('offers nothing where a thread is %s', async (type) => {
    const stage = new Stage((request) =>
      request.type === 'items.list'
        ? Response.json({ data: [userItem('m1', 'Are you there?')], has_more: false })
        : Response.json({ ...thread, status: { type }, items: { data: [], has_more: false } }),
    );
    stage.session.start();
    await stage.session.setThreadId('thr_1');
    expect(stage.session.state.value.problem).toBeUndefined();
  });

  it('happens once however often the options are set', async () => {
    const options = { api: { url: '/chatkit' }, initialThread: 'thr_1', history: { enabled: true } };
    const stage = new Stage(paged, options);
    stage.session.start();
    stage.session.setOptions(options);
    stage.session.setOptions({ ...options, theme: 'dark', initialThread: 'thr_2' });
    await stage.until(() => stage.session.state.value.view === 'thread');
    expect(stage.sent.toSorted()).toEqual(['items.list', 'threads.get_by_id', 'threads.list']);
    expect(stage.said).toEqual(['thread.load.start', 'thread.load.end', 'thread.change']);
  });

  it('of an unknown thread leads to the start screen and tells the page to forget it', async () => {
    const stage = new Stage(() => Response.json({ error: { code: 'not_found' } }, { status: 404 }), {
      initialThread: 'thr_gone',
    });
    stage.session.start();
    await stage.until(() => stage.session.state.value.problem !== undefined);
    expect(stage.session.state.value).toMatchObject({ view: 'start', threadId: null });
    expect(stage.events.filter(([name]) => name === 'thread.change')).toEqual([
      ['thread.change', { threadId: null }],
    ]);
  });

  it('that fails for another reason can be tried again', async () => {
    const stage = new Stage(() => Response.json({}, { status: 503 }), { initialThread: 'thr_1' });
    stage.session.start();
    await stage.until(() => stage.session.state.value.view === 'failed');
    stage.answer = paged;
    await stage.session.retryProblem();
    expect(stage.session.state.value.view).toBe('thread');
    expect(stage.said.filter((name) => name.startsWith('thread.load'))).toHaveLength(4);
  });

  it('that is overtaken by another choice shows only the later one', async () => {
    const slow: ((response: Response) => void)[] = [];
    const stage = new Stage(() => new Promise((resolve) => slow.push(resolve)));
    stage.session.start();
    const first = stage.session.setThreadId('thr_a');
    const second = stage.session.setThreadId('thr_b');
    slow[1]?.(page('thr_b'));
    await second;
    slow[0]?.(page('thr_a'));
    await first;
    expect(stage.session.state.value.threadId).toBe('thr_b');
  });
});

describe('A thread whose answer is still being written', () => {
  it('shows the answer when it is stored, to whoever left and came back', async () => {
    const stored = [userItem('m1')];
    let stream: HandFed | undefined;
    const stage = new Stage(({ type, params }, init) => {
      if (type === 'threads.add_user_message') return (stream = new HandFed(init)).response;
      if (params.thread_id !== 'thr_1') return page(String(params.thread_id));
      return Response.json({ ...thread, items: { data: stored, has_more: false } });
    });
    stage.session.start();
    await stage.session.setThreadId('thr_1');
    const sending = stage.session.sendUserMessage({ text: 'More' });
    await stage.until(() => stream !== undefined);
    await stage.session.setThreadId('thr_2');
    await sending;
    await stage.session.setThreadId('thr_1');
    expect(ids(stage)).toEqual(['m1']);

    stored.push(userItem('m2', 'More'), answerItem('a2', 'Done'));
    stream?.end();
    await stage.until(() => stage.session.state.value.items.length === 3);
    expect(ids(stage)).toEqual(['m1', 'm2', 'a2']);
  });
});

describe('Reading updates', () => {
  it('keeps what did not change and takes what did', async () => {
    let stored = [userItem('m1'), answerItem('a1', 'Old')];
    const stage = new Stage(() => Response.json({ ...thread, items: { data: stored, has_more: false } }));
    stage.session.start();
    await stage.session.setThreadId('thr_1');
    const [first] = stage.session.state.value.items;
    stored = [userItem('m1'), answerItem('a1', 'New'), answerItem('a2', 'More')];
    await stage.session.fetchUpdates();
    expect(stage.session.state.value.items[0]).toBe(first);
    expect(ids(stage)).toEqual(['m1', 'a1', 'a2']);
  });
});

describe('Another server address', () => {
  it('starts over: thread, draft target and history', async () => {
    const stage = new Stage(paged, { history: { enabled: true } });
    stage.session.start();
    await stage.session.setThreadId('thr_1');
    stage.session.setOptions({ api: { url: '/other' }, history: { enabled: true } });
    expect(stage.session.state.value).toMatchObject({ view: 'start', threadId: null, items: [] });
    expect(stage.events.at(-1)).toEqual(['thread.change', { threadId: null }]);
    expect(stage.sent.filter((type) => type === 'threads.list')).toHaveLength(2);
  });
});

describe('Leaving the page', () => {
  it('aborts what runs', async () => {
    const signals: AbortSignal[] = [];
    const stage = new Stage((_, init) => {
      if (init.signal) signals.push(init.signal);
      return new HandFed(init).response;
    });
    stage.session.start();
    void stage.session.sendUserMessage({ text: 'Hi' }).catch(() => undefined);
    await stage.until(() => signals.length === 1);
    stage.session.stop();
    await stage.until(() => stage.session.state.value.turn === 'idle');
    expect(signals[0]?.aborted).toBe(true);
    expect(stage.said).toEqual(['response.start', 'response.end']);
  });
});
