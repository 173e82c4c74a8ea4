import { jest } from '@jest/globals';
import { HandFed, Stage, answerItem, done, mayStop, stopAll, thread, userItem } from './testing.js';

afterEach(stopAll);

const RUNNING = { 'chatkit-answering': 'true' };

/** A server on which an answer runs that somebody else has asked for, until the test ends it. */
class Elsewhere {
  readonly stage: Stage;
  readonly stored: unknown[] = [userItem('m1')];
  isRunning = true;
  /** What it says of the answers that their page leaves. */
  stopsBy: string | undefined;
  joined: HandFed | undefined;

  constructor() {
    this.stage = new Stage(({ type, params }, init) => {
      if (type === 'threads.join') return (this.joined = new HandFed(init)).response;
      if (type === 'threads.stop') return Response.json({});
      const own = params.thread_id === 'thr_1';
      const items = { data: own ? this.stored : [], has_more: false };
      const headers = {
        ...(own && this.isRunning && RUNNING),
        ...(this.stopsBy && { 'chatkit-stop': this.stopsBy }),
      };
      return Response.json({ ...thread, id: params.thread_id, items }, { headers });
    });
    this.stage.session.start();
  }

  async open(): Promise<HandFed> {
    await this.stage.session.setThreadId('thr_1');
    await this.stage.asked('threads.join');
    if (this.joined === undefined) throw new Error('nobody has joined');
    return this.joined;
  }

  get texts(): string[] {
    return this.stage.session.state.value.items.map((item) =>
      item.type === 'assistant_message' ? item.content.map(({ text }) => text).join('') : item.type,
    );
  }

  async shows(...texts: string[]): Promise<void> {
    await this.stage.until(() => JSON.stringify(this.texts) === JSON.stringify(texts));
  }
}

const more = (delta: string) => ({
  type: 'thread.item.updated',
  item_id: 'a1',
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta },
});

describe('A thread whose answer runs elsewhere', () => {
  it('shows it from where it is, with what was stored meanwhile, and sees it grow to its end', async () => {
    const there = new Elsewhere();
    const joined = await there.open();
    there.stored.push(answerItem('a0', 'First.'));
    joined.send(mayStop, { type: 'thread.item.added', item: answerItem('a1', 'One ') }, more('two'));
    await there.shows('user_message', 'First.', 'One two');
    expect(there.stage.session.state.value).toMatchObject({ turn: 'streaming', canStop: true });
    joined.send(done(answerItem('a1', 'One two three')));
    there.isRunning = false;
    joined.end();
    await there.stage.heard('response.end');
    expect(there.texts).toEqual(['user_message', 'First.', 'One two three']);
    expect(there.stage.said.filter((name) => name.startsWith('response'))).toEqual([
      'response.start',
      'response.end',
    ]);
  });

  it('is read again when it ends without an end of its own, as one does that was stopped', async () => {
    const there = new Elsewhere();
    const joined = await there.open();
    joined.send(mayStop, { type: 'thread.item.added', item: answerItem('a1', 'One ') });
    await there.shows('user_message', 'One ');
    there.isRunning = false;
    there.stored.push(answerItem('a1', 'One two'));
    joined.end();
    await there.shows('user_message', 'One two');
    expect(there.stage.session.state.value.problem).toBeUndefined();
  });

  it('leaves calls of tools and effects to the page that has asked', async () => {
    const there = new Elsewhere();
    const onClientTool = jest.fn();
    there.stage.session.setOptions({ api: { url: '/chatkit' }, history: { enabled: false }, onClientTool });
    const joined = await there.open();
    const call = { ...answerItem('c1', ''), type: 'client_tool_call', call_id: 'c1', name: 'look' };
    const pending = { ...call, status: 'pending', arguments: {} };
    joined.send({ type: 'client_effect', name: 'blink', data: {} }, done(pending));
    there.isRunning = false;
    there.stored.push(pending);
    joined.end();
    await there.stage.heard('response.end');
    expect(onClientTool).not.toHaveBeenCalled();
    expect(there.stage.said).not.toContain('effect');
    expect(there.stage.sent).not.toContain('threads.add_client_tool_output');
  });

  it('is stopped by a request, and says so', async () => {
    const there = new Elsewhere();
    const joined = await there.open();
    joined.send(mayStop, { type: 'thread.item.added', item: answerItem('a1', 'One ') });
    await there.shows('user_message', 'One ');
    there.stage.session.stopResponse();
    await there.stage.asked('threads.stop');
    there.isRunning = false;
    there.stored.push(answerItem('a1', 'One '));
    joined.end();
    await there.stage.until(() => there.stage.session.state.value.stopped);
    expect(there.stage.requests.find(({ type }) => type === 'threads.stop')?.params).toEqual({
      thread_id: 'thr_1',
    });
  });

  it('is left without stopping it when the view moves on', async () => {
    const there = new Elsewhere();
    const joined = await there.open();
    joined.send(mayStop, { type: 'thread.item.added', item: answerItem('a1', 'One ') });
    await there.shows('user_message', 'One ');
    await there.stage.session.setThreadId('thr_2');
    expect(there.stage.session.state.value).toMatchObject({ threadId: 'thr_2', items: [], turn: 'idle' });
    expect(there.stage.sent).not.toContain('threads.stop');
  });

  it('is shown as it is stored where it ends before it is joined', async () => {
    const there = new Elsewhere();
    const joined = await there.open();
    there.isRunning = false;
    there.stored.push(answerItem('a1', 'Whole'));
    joined.end();
    await there.shows('user_message', 'Whole');
    await there.stage.until(() => there.stage.session.state.value.turn === 'idle');
  });

  it.each([
    [
      'joined by its own tab when the connection is lost and the server keeps it',
      'request;within=10000',
      true,
    ],
    ['given up with the connection on a server that keeps nothing', undefined, false],
  ])('is %s', async (_, stopsBy, isJoined) => {
    const there = new Elsewhere();
    there.isRunning = false;
    there.stopsBy = stopsBy;
    await there.stage.session.setThreadId('thr_1');
    let own: HandFed | undefined;
    const before = there.stage.answer;
    there.stage.answer = (request, init) => {
      if (request.type !== 'threads.add_user_message') return before(request, init);
      const { response } = (own = new HandFed(init));
      if (stopsBy !== undefined) response.headers.set('chatkit-stop', stopsBy);
      return response;
    };
    const sending = there.stage.session.sendUserMessage({ text: 'Mine' });
    await there.stage.asked('threads.add_user_message');
    own?.send(done(userItem('m2', 'Mine')), { type: 'thread.item.added', item: answerItem('a2', 'Half') });
    await there.shows('user_message', 'user_message', 'Half');
    there.isRunning = true;
    there.stored.push(userItem('m2', 'Mine'));
    own?.break();
    if (!isJoined) {
      await there.stage.until(() => there.stage.session.state.value.problem?.code === 'interrupted');
      return;
    }
    await sending;
    await there.stage.asked('threads.join');
    there.joined?.send(mayStop, { type: 'thread.item.added', item: answerItem('a2', 'Half and more') });
    await there.shows('user_message', 'user_message', 'Half and more');
    expect(there.stage.session.state.value.problem).toBeUndefined();
  });

  it('is joined by a tab whose own answer was ended by it', async () => {
    const there = new Elsewhere();
    there.isRunning = false;
    await there.stage.session.setThreadId('thr_1');
    let own: HandFed | undefined;
    const before = there.stage.answer;
    there.stage.answer = (request, init) =>
      request.type === 'threads.add_user_message'
        ? (own = new HandFed(init)).response
        : before(request, init);
    const sending = there.stage.session.sendUserMessage({ text: 'Mine' });
    await there.stage.asked('threads.add_user_message');
    own?.send(done(userItem('m2', 'Mine')), mayStop, {
      type: 'thread.item.added',
      item: answerItem('a2', 'Half'),
    });
    await there.shows('user_message', 'user_message', 'Half');
    there.isRunning = true;
    there.stored.push(userItem('m2', 'Mine'), answerItem('a2', 'Half'), userItem('m3', 'Theirs'));
    own?.end();
    await sending;
    await there.stage.asked('threads.join');
    there.joined?.send(mayStop, { type: 'thread.item.added', item: answerItem('a3', 'Grows') });
    await there.shows('user_message', 'user_message', 'Half', 'user_message', 'Grows');
  });
});
