import {
  HandFed,
  Stage,
  answerItem,
  created,
  done,
  eventStream,
  mayStop,
  stopAll,
  thread,
  userItem,
} from './testing.js';

afterEach(stopAll);

function firstAnswer(): Response {
  return eventStream(created, done(userItem('m1')), mayStop, done(answerItem('a1', 'Hello')));
}

function itemIds(stage: Stage): string[] {
  return stage.session.state.value.items.map(({ id }) => id);
}

async function idle(stage: Stage): Promise<void> {
  await stage.until(() => stage.session.state.value.turn === 'idle');
}

/** A stage with one answered message. */
async function answered(options: Record<string, unknown> = {}): Promise<Stage> {
  const stage = new Stage(firstAnswer, options);
  stage.session.start();
  await stage.session.sendUserMessage({ text: 'Hi' });
  await idle(stage);
  return stage;
}

const failingTool = (): never => {
  throw new Error('no camera');
};

describe('A first message', () => {
  it('creates a thread with the whole input and tells the page', async () => {
    const stage = await answered();
    expect(stage.requests[0]).toEqual({
      type: 'threads.create',
      params: {
        input: {
          content: [{ type: 'input_text', text: 'Hi' }],
          quoted_text: '',
          attachments: [],
          inference_options: {},
        },
      },
    });
    expect(stage.said).toEqual(['response.start', 'thread.change', 'response.end']);
    expect(itemIds(stage)).toEqual(['m1', 'a1']);
  });

  it('is shown before the server has answered', async () => {
    const stage = new Stage((_, init) => new HandFed(init).response);
    stage.session.start();
    void stage.session.sendUserMessage({ text: 'Hi' }).catch(() => undefined);
    await stage.until(() => stage.session.state.value.turn === 'waiting');
    expect(itemIds(stage)).toEqual(['local-1']);
    expect(stage.session.state.value.canStop).toBe(false);
  });

  it('that the server refuses comes back into the composer and can be sent again', async () => {
    const stage = new Stage(() => Response.json({ error: { code: 'internal' } }, { status: 500 }));
    stage.session.start();
    stage.session.composer.type('Hi');
    await stage.session.submit();
    await idle(stage);
    expect(stage.session.composer.state.value.text).toBe('Hi');
    expect(stage.session.state.value).toMatchObject({
      view: 'start',
      items: [],
      problem: { canRetry: true },
    });
    expect(stage.said).toEqual(['response.start', 'error', 'response.end']);
    stage.answer = firstAnswer;
    await stage.session.retryProblem();
    expect(itemIds(stage)).toEqual(['m1', 'a1']);
    expect(stage.session.composer.state.value.text).toBe('');
  });
});

describe('While a response runs', () => {
  it('no second message is sent', async () => {
    const stage = new Stage((_, init) => new HandFed(init).response);
    stage.session.start();
    void stage.session.sendUserMessage({ text: 'Hi' }).catch(() => undefined);
    await stage.until(() => stage.session.state.value.turn === 'waiting');
    stage.session.composer.type('more');
    await stage.session.submit();
    await expect(stage.session.sendUserMessage({ text: 'more' })).rejects.toThrow(/still running/);
    expect(stage.requests).toHaveLength(1);
    expect(stage.session.composer.state.value.text).toBe('more');
  });

  it('stopping keeps the text that has arrived and ends the turn once', async () => {
    const stage = new Stage((_, init) => {
      const stream = new HandFed(init);
      stream.send(created, done(userItem('m1')), mayStop);
      stream.send({ type: 'thread.item.added', item: answerItem('a1', 'Half an ans') });
      return stream.response;
    });
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await stage.until(() => itemIds(stage).includes('a1'));
    stage.session.stopResponse();
    await idle(stage);
    expect(stage.session.state.value).toMatchObject({ stopped: true, canStop: false });
    expect(itemIds(stage)).toEqual(['m1', 'a1']);
    expect(stage.said.filter((name) => name.startsWith('response'))).toEqual([
      'response.start',
      'response.end',
    ]);
  });

  it('stopping asks the server to, where the answer would go on without its reader', async () => {
    const stage = new Stage(({ type }, init) => {
      if (type === 'threads.stop') return Response.json({});
      const stream = new HandFed(init);
      stream.send(created, done(userItem('m1')), mayStop);
      stream.response.headers.set('chatkit-stop', 'request');
      return stream.response;
    });
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await stage.until(() => stage.session.state.value.canStop);
    stage.session.stopResponse();
    await idle(stage);
    expect(stage.requests.at(-1)).toEqual({ type: 'threads.stop', params: { thread_id: 'thr_1' } });
    expect(stage.session.state.value.stopped).toBe(true);
  });

  it('moving to another thread ends the turn for the page and reads the stream to its end', async () => {
    let stream: HandFed | undefined;
    const stage = new Stage((_, init) => {
      stream = new HandFed(init);
      stream.send(created, done(userItem('m1')));
      return stream.response;
    });
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await stage.until(() => itemIds(stage).includes('m1'));
    await stage.session.setThreadId(null);
    stream?.send(done(answerItem('a1', 'late')));
    stream?.end();
    await stage.until(() => true);
    expect(stage.session.state.value).toMatchObject({ view: 'start', items: [], turn: 'idle' });
    expect(stage.said).toEqual(['response.start', 'thread.change', 'response.end', 'thread.change']);
  });
});

describe('A lost stream', () => {
  it('shows what the server stored and never sends the message again by itself', async () => {
    const stage = new Stage((request, init) => {
      if (request.type !== 'threads.create') {
        const items = { data: [userItem('m1'), answerItem('a1', 'Stored half')], has_more: false };
        return Response.json({ ...thread, items });
      }
      const stream = new HandFed(init);
      stream.send(created, done(userItem('m1')));
      setImmediate(() => stream.break());
      return stream.response;
    });
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await stage.until(() => stage.session.state.value.problem !== undefined);
    await idle(stage);
    expect(stage.sent).toEqual(['threads.create', 'threads.get_by_id']);
    expect(itemIds(stage)).toEqual(['m1', 'a1']);
    expect(stage.session.state.value.problem).toEqual({ code: 'incomplete', canRetry: true });
  });

  it('that had brought the whole answer leaves nothing to complain about', async () => {
    const stage = new Stage((request, init) => {
      if (request.type !== 'threads.create') {
        const items = { data: [userItem('m1'), answerItem('a1', 'Whole')], has_more: false };
        return Response.json({ ...thread, items });
      }
      const stream = new HandFed(init);
      stream.send(created, done(userItem('m1')), done(answerItem('a1', 'Whole')));
      void stage.until(() => itemIds(stage).includes('a1')).then(() => stream.break());
      return stream.response;
    });
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await idle(stage);
    expect(stage.sent).toEqual(['threads.create', 'threads.get_by_id']);
    expect(stage.session.state.value.problem).toBeUndefined();
  });
});

describe('Retrying', () => {
  it('drops everything after the user message, as the server does without saying so', async () => {
    const stage = await answered();
    stage.answer = (_, init) => new HandFed(init).response;
    void stage.session.actions.retry('m1');
    expect(itemIds(stage)).toEqual(['m1']);
    expect(stage.requests.at(-1)).toEqual({
      type: 'threads.retry_after_item',
      params: { thread_id: 'thr_1', item_id: 'm1' },
    });
  });

  it('that the server refuses brings back what was there, and may be tried again', async () => {
    const stage = await answered();
    stage.answer = () => Response.json({ error: { code: 'too_many' } }, { status: 429 });
    await stage.session.actions.retry('m1');
    expect(itemIds(stage)).toEqual(['m1', 'a1']);
    expect(stage.session.state.value.problem).toEqual({ code: 'too_many', canRetry: true });
    stage.answer = () => eventStream(mayStop, done(answerItem('a2', 'Again')));
    await stage.session.retryProblem();
    expect(itemIds(stage)).toEqual(['m1', 'a2']);
  });
});

describe('What a stream never finished', () => {
  const half = { type: 'thread.item.added', item: answerItem('a1', 'Half an ans') };

  it('goes when the stream tells of an error, because nothing of it is stored', async () => {
    const failed = { type: 'error', code: 'stream.error', allow_retry: true };
    const stage = new Stage(() => eventStream(created, done(userItem('m1')), half, failed));
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await idle(stage);
    expect(itemIds(stage)).toEqual(['m1']);
    expect(stage.session.state.value.problem).toEqual({ code: 'stream.error', canRetry: true });
  });

  it('is asked for when the stream ends without a word about it', async () => {
    const page = { ...thread, items: { data: [userItem('m1')], has_more: false } };
    const stage = new Stage(({ type }) =>
      type === 'threads.create' ? eventStream(created, done(userItem('m1')), half) : Response.json(page),
    );
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await stage.until(() => stage.sent.length === 2 && itemIds(stage).length === 1);
    expect(stage.sent).toEqual(['threads.create', 'threads.get_by_id']);
    expect(stage.said.at(-1)).toBe('response.end');
  });
});

describe('A client tool', () => {
  const call = {
    ...answerItem('c1', ''),
    type: 'client_tool_call',
    status: 'pending',
    name: 'look',
    arguments: { at: 'page' },
  };

  it('runs within one response and its result is sent back', async () => {
    const calls: unknown[] = [];
    const onClientTool = async (given: unknown): Promise<object> => {
      calls.push(given);
      return { seen: true };
    };
    const stage = new Stage(
      ({ type }) =>
        type === 'threads.create'
          ? eventStream(created, done(userItem('m1')), done(call))
          : eventStream(done({ ...call, status: 'completed' }), done(answerItem('a1', 'Done'))),
      { onClientTool },
    );
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await idle(stage);
    expect(calls).toEqual([{ name: 'look', params: { at: 'page' } }]);
    expect(stage.requests[1]).toEqual({
      type: 'threads.add_client_tool_output',
      params: { thread_id: 'thr_1', result: { seen: true } },
    });
    expect(stage.said).toEqual(['response.start', 'thread.change', 'response.end']);
  });

  it('that throws answers with its error and reports it', async () => {
    const stage = new Stage(
      ({ type }) =>
        type === 'threads.create'
          ? eventStream(created, done(userItem('m1')), done(call))
          : eventStream(done(answerItem('a1', 'Sorry'))),
      { onClientTool: failingTool },
    );
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await idle(stage);
    expect(stage.requests[1]?.params.result).toEqual({ error: 'no camera' });
    expect(stage.said).toContain('error');
  });

  it('found pending in a loaded thread is not run again', async () => {
    const page = { ...thread, items: { data: [userItem('m1'), call], has_more: false } };
    const stage = new Stage(() => Response.json(page), { onClientTool: () => ({}) });
    stage.session.start();
    await stage.session.setThreadId('thr_1');
    await stage.session.fetchUpdates();
    expect(stage.sent).toEqual(['threads.get_by_id', 'threads.get_by_id']);
  });

  it('may not keep a turn going for ever', async () => {
    let round = 0;
    const stage = new Stage(
      ({ type }) => {
        round += 1;
        const next = done({ ...call, id: `c${round}` });
        return type === 'threads.create'
          ? eventStream(created, done(userItem('m1')), next)
          : eventStream(next);
      },
      { onClientTool: () => ({}) },
    );
    stage.session.start();
    await stage.session.sendUserMessage({ text: 'Hi' });
    await idle(stage);
    expect(stage.requests).toHaveLength(26);
    expect(stage.session.state.value.problem?.code).toBe('tool_limit');
  });
});
