import { errorOf, create, getThread } from './requests.js';
import { TestApp } from './test-app.js';
import { assistantMessage, say, type Script } from './scripted-server.js';

const input = { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options: {} };
const action = { type: 'order' };

/** What a user can add to a thread. */
const ADDING: readonly (readonly [type: string, params: object])[] = [
  ['threads.add_user_message', { input }],
  ['threads.retry_after_item', { item_id: 'msg_a' }],
  ['threads.add_structured_input', { item_id: 'msg_a', input: { status: 'skipped', answers: {} } }],
  ['threads.custom_action', { action }],
  ['threads.sync_custom_action', { action }],
];

/** Says something and leaves the thread with that status. */
function leave(status: { type: 'locked' | 'closed'; reason?: string }): Script {
  return async function* speak(thread) {
    yield { type: 'thread.item.done', item: assistantMessage(thread, 'That was all') };
    thread.status = status;
  };
}

const reopen: Script = async function* speak(thread) {
  thread.status = { type: 'active' };
  yield { type: 'thread.item.done', item: assistantMessage(thread, 'Open again') };
};

/** Begins a thread. @returns its id */
async function begun(app: TestApp): Promise<string> {
  const [first = ''] = (await (await app.post(create())).text()).split('\n\n');
  return (JSON.parse(first.replace(/^data: /, '')) as { thread: { id: string } }).thread.id;
}

describe('A thread that is locked or closed', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.close());

  it.each(ADDING)('refuses %s with its reason, and stores nothing', async (type, params) => {
    app.server.script = leave({ type: 'locked', reason: 'Waiting for a review' });
    const thread_id = await begun(app);
    const before = await (await app.post(getThread(thread_id))).text();
    app.server.script = say('Never said');
    const response = await app.post({ type, params: { thread_id, ...params } });
    expect(response.status).toBe(409);
    expect(await errorOf(response)).toMatchObject({
      code: 'invalid_state',
      message: 'The thread is locked: Waiting for a review',
    });
    expect(await (await app.post(getThread(thread_id))).text()).toBe(before);
  });

  it('says so where there is no reason', async () => {
    app.server.script = leave({ type: 'closed' });
    const thread_id = await begun(app);
    const response = await app.post({ type: 'threads.add_user_message', params: { thread_id, input } });
    expect(response.status).toBe(409);
    expect((await errorOf(response)).message).toBe('The thread is closed');
  });

  it('is still read, renamed and removed', async () => {
    app.server.script = leave({ type: 'closed', reason: 'Solved' });
    const params = { thread_id: await begun(app) };
    expect((await app.post({ type: 'items.list', params })).status).toBe(200);
    const renamed = await app.post({ type: 'threads.update', params: { ...params, title: 'Done' } });
    expect(await renamed.json()).toMatchObject({
      title: 'Done',
      status: { type: 'closed', reason: 'Solved' },
    });
    expect((await app.post({ type: 'threads.delete', params })).status).toBe(200);
  });

  it('takes an action that the server lets through, which may open it again', async () => {
    app.server.script = leave({ type: 'locked' });
    const params = { thread_id: await begun(app), action };
    app.server.letsThrough = 'order';
    app.server.reaction = reopen;
    expect((await app.post({ type: 'threads.custom_action', params })).status).toBe(200);
    app.server.letsThrough = undefined;
    expect((await app.post({ type: 'threads.custom_action', params })).status).toBe(200);
  });

  it('takes messages where the settings say so, as the reference does', async () => {
    const lenient = await TestApp.start({ enforceStatus: false });
    try {
      lenient.server.script = leave({ type: 'locked' });
      const thread_id = await begun(lenient);
      const more = await lenient.post({ type: 'threads.add_user_message', params: { thread_id, input } });
      expect(more.status).toBe(200);
      expect(await more.text()).toContain('That was all');
    } finally {
      await lenient.close();
    }
  });
});
