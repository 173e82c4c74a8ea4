import { expect } from './expect.js';
import { answer, begun, done, item, showing, widget } from './harness/events.js';
import { useHarness, type Chat, type HarnessOptions } from './harness/harness.js';
import { OpenAnswers } from './harness/scripted.js';
import type { OpenAnswer } from './harness/scripted.js';

const harness = useHarness();

type Tool = HarnessOptions['onClientTool'];
const call = item('client_tool_call', {
  id: 'call_1',
  status: 'pending',
  call_id: 'c1',
  name: 'where_am_i',
  arguments: { exact: true },
});

/** A chat whose answer has called a tool of the page; `open` holds what the element sends back. */
async function called(onClientTool?: Tool): Promise<{ chat: Chat; open: OpenAnswers }> {
  const chat = await harness.open(onClientTool ? { onClientTool } : {});
  const open = await OpenAnswers.hold(chat, 'threads.create', 'threads.add_client_tool_output');
  await chat.input.fill('Where am I?');
  await chat.input.press('Enter');
  const reply = await open.next();
  reply.end(...begun(reply.body), done(call));
  return { chat, open };
}

async function finish(chat: Chat, open: OpenAnswers, output: OpenAnswer): Promise<void> {
  output.end(done({ ...call, status: 'completed' }), done(answer('You are here')));
  await chat.log.getByText('You are here').waitFor();
  await expect.poll(() => chat.events('onResponseEnd')).toHaveLength(1);
  expect(chat.events('onResponseStart')).toHaveLength(1);
  await open.close();
  await chat.leave();
}

describe('A tool of the page', () => {
  it('that answers at once has its result sent in the same response', async () => {
    const { chat, open } = await called(() => ({ city: 'Lund' }));
    const output = await open.next();
    expect(output.body).toMatchObject({
      type: 'threads.add_client_tool_output',
      params: { thread_id: 'thr_scripted', result: { city: 'Lund' } },
    });
    await expect
      .poll(() => chat.calls('onClientTool'))
      .toEqual([[{ name: 'where_am_i', params: { exact: true } }]]);
    await finish(chat, open, output);
  });

  it('that takes its time keeps the composer from sending, and the response goes on', async () => {
    const found = Promise.withResolvers<Record<string, unknown>>();
    const { chat, open } = await called(() => found.promise);
    await chat.until(() => chat.calls('onClientTool').length === 1);
    await chat.input.fill('Another question');
    await chat.input.press('Enter');
    await expect(chat.button('Send message')).toBeDisabled();
    found.resolve({ city: 'Lund' });
    const output = await open.next();
    expect(output.body.params['result']).toEqual({ city: 'Lund' });
    await expect(chat.input).toHaveText('Another question');
    expect(chat.requests('threads.add_user_message')).toEqual([]);
    expect(chat.events('onResponseEnd')).toEqual([]);
    await finish(chat, open, output);
  });

  it('that throws has its error sent to the server and told to the page', async () => {
    const { chat, open } = await called(async () => {
      throw new Error('no satellites');
    });
    const output = await open.next();
    expect(JSON.stringify(output.body.params['result'])).toContain('no satellites');
    expect(Object.keys(output.body.params['result'] as object)).toEqual(['error']);
    await expect.poll(() => JSON.stringify(chat.events('onError'))).toContain('no satellites');
    await finish(chat, open, output);
  });

  it('that nobody offers is answered with an error', async () => {
    const { chat, open } = await called();
    const output = await open.next();
    expect(output.body.params['result']).toEqual({ error: 'No onClientTool handler for "where_am_i"' });
    await expect.poll(() => chat.events('onError')).toHaveLength(1);
    await finish(chat, open, output);
  });
});

describe('An action of a widget for the page', () => {
  const book = { type: 'book', payload: { room: 3 }, handler: 'client', loadingBehavior: 'self' };
  const root = { type: 'Button', label: 'Book', onClickAction: book };

  it('is given with the widget it comes from, and shows as busy until the page is done', async () => {
    const booked = Promise.withResolvers<void>();
    const chat = await harness.open({ widgets: { onAction: () => booked.promise } });
    await chat.script(showing(widget([root])));
    await chat.ask('A room, please');
    await chat.button('Book').click();
    await expect
      .poll(() => chat.calls('widgets.onAction'))
      .toEqual([
        [
          { type: 'book', payload: { room: 3 } },
          { id: 'widget_1', widget: expect.objectContaining({ type: 'Card' }) },
        ],
      ]);
    await chat.page.locator('button[aria-busy="true"], button:disabled', { hasText: 'Book' }).waitFor();
    booked.resolve();
    await chat.page.locator('button:not([aria-busy="true"]):enabled', { hasText: 'Book' }).waitFor();
    expect(chat.requests('threads.custom_action')).toEqual([]);
  });

  it('is not given for what the server handles', async () => {
    const chat = await harness.open({ widgets: { onAction: async () => undefined } });
    await chat.script((body) =>
      body?.type === 'threads.custom_action'
        ? [done(answer('Booked'))]
        : showing(widget([{ ...root, onClickAction: { ...book, handler: 'server' } }]))(body),
    );
    await chat.ask('A room, please');
    await chat.button('Book').click();
    await chat.log.getByText('Booked').waitFor();
    expect((await chat.request('threads.custom_action')).params).toEqual({
      thread_id: 'thr_scripted',
      item_id: 'widget_1',
      action: { type: 'book', payload: { room: 3 } },
    });
    expect(chat.calls('widgets.onAction')).toEqual([]);
  });
});

it('The chat sends nothing to another origin in any of this', () => {
  expect(harness.foreignRequests).toEqual([]);
});
