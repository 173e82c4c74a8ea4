import type { ThreadItem, WidgetItem } from '../../src/chatkit/core/index.js';
import type { ChatClient, Turn } from '../app/support/chat-client.js';
import { actionsOf, eventsOf, itemOf, openHouse, press } from './support/guest.js';

let house: Awaited<ReturnType<typeof openHouse>>;
let ada: ChatClient;
beforeAll(async () => {
  house = await openHouse();
  ada = house.ada;
});
afterAll(() => house?.close());

/** The widget that an action has put in the place of its own. */
function replacement(turn: Turn): WidgetItem {
  const [event] = eventsOf(turn, 'thread.item.replaced');
  if (event?.item.type !== 'widget') throw new Error('nothing was replaced by a widget');
  return event.item;
}

async function stored(item: ThreadItem): Promise<ThreadItem | undefined> {
  return (await ada.allItems(item.thread_id)).find(({ id }) => id === item.id);
}

describe('A widget of the demonstration', () => {
  it('lists what the member has, made from a template', async () => {
    const list = itemOf(await ada.create('Show my bookings'), 'widget');
    expect(list.widget.type).toBe('ListView');
    expect(list.copy_text).toContain('Reading room Birch');
    const others = itemOf(await house.clara.create('Show my bookings'), 'widget');
    expect(JSON.stringify(others)).not.toContain('Birch');
    const shown = await ada.turn(press(list, 'booking.show'));
    expect(JSON.stringify(itemOf(shown, 'widget'))).toContain('Reading room Birch');
  });

  it('is replaced after the server has done what its button says', async () => {
    const card = itemOf(await ada.create('What is my next booking?'), 'widget');
    const turn = await ada.turn(press(card, 'booking.cancel'));
    const cancelled = replacement(turn);
    expect(cancelled.id).toBe(card.id);
    expect(JSON.stringify(cancelled.widget)).toContain('Cancelled');
    expect(actionsOf(cancelled)).toEqual([]);
    expect(await stored(card)).toEqual(cancelled);
    expect(turn.answer).toContain('is cancelled');
  });

  it('leaves one action to the page, which sends the second half to the server', async () => {
    const card = itemOf(await ada.create('My next booking'), 'widget');
    const remind = actionsOf(card).find(({ type }) => type === 'booking.remind');
    expect(remind?.handler).toBe('client');
    const action = { type: 'booking.reminded', payload: remind?.payload };
    const params = { thread_id: card.thread_id, item_id: card.id, action };
    const reminded = replacement(await ada.turn({ type: 'threads.custom_action', params }));
    expect(JSON.stringify(reminded.widget)).toContain('Reminder set');
    expect(actionsOf(reminded).map(({ type }) => type)).not.toContain('booking.remind');
  });

  it('is starred without a stream, and stays so', async () => {
    const card = itemOf(await ada.create('My next booking'), 'widget');
    const request = press(card, 'booking.star', {}, 'sync_custom_action') as { params: object };
    const answer = await ada.json<{ updated_item: WidgetItem }>('threads.sync_custom_action', request.params);
    expect(JSON.stringify(answer.updated_item.widget)).toContain('Starred');
    expect(await stored(card)).toEqual(answer.updated_item);
  });

  it('refuses what no button of the organisation says', async () => {
    const card = itemOf(await ada.create('My next booking'), 'widget');
    const before = await ada.allItems(card.thread_id);
    expect(await ada.refusal(press(card, 'booking.cancel', { id: 'visit-check' }))).toMatchObject({
      status: 400,
      field: 'params.action.payload.id',
    });
    expect(await ada.allItems(card.thread_id)).toEqual(before);
  });

  it('offers a choice, and shows what was chosen in its place', async () => {
    const card = itemOf(await ada.create('Choose a slot'), 'widget');
    const turn = await ada.turn(press(card, 'slot.choose'));
    expect(JSON.stringify(replacement(turn).widget)).toContain('Tuesday 9:00');
    expect(turn.answer).toContain('See you on');
    expect(await ada.refusal(press(card, 'slot.choose', { slot: 'Any time I like' }))).toMatchObject({
      status: 400,
      field: 'params.action.payload.slot',
    });
  });

  it('is a form whose values arrive, or which goes away', async () => {
    const form = itemOf(await ada.create('Show the contact form'), 'widget');
    const values = { topic: 'A booking', text: 'Is Birch free on Sunday?', reply: true };
    const sent = replacement(await ada.turn(press(form, 'contact.send', values)));
    expect(JSON.stringify(sent.widget)).toContain('Is Birch free on Sunday?');

    const other = itemOf(await ada.create('Show the contact form'), 'widget');
    const turn = await ada.turn(press(other, 'contact.cancel'));
    expect(eventsOf(turn, 'thread.item.removed').map(({ item_id }) => item_id)).toEqual([other.id]);
    expect(await stored(other)).toBeUndefined();
  });

  it('is written while it is shown', async () => {
    const turn = await ada.create('Write a letter');
    const deltas = eventsOf(turn, 'thread.item.updated').flatMap(({ update }) =>
      update.type === 'widget.streaming_text.value_delta' ? [update] : [],
    );
    expect(deltas.length).toBeGreaterThan(30);
    expect(new Set(deltas.map(({ component_id }) => component_id))).toEqual(new Set(['letter']));
    expect(itemOf(turn, 'widget').copy_text).toContain('Yours, Ada Lindqvist');
  });
});

describe('Questions of the assistant', () => {
  const ask = 'Ask user “Which day suits you?” with “Monday”, “Friday”';

  it('stop the answer, are kept, and are gone on with once they are answered', async () => {
    const asked = await ada.create(ask);
    const form = itemOf(asked, 'structured_input');
    expect(form).toMatchObject({
      status: 'pending',
      inputs: [
        {
          type: 'multiple_choice',
          question: 'Which day suits you?',
          options: [{ value: 'Monday' }, { value: 'Friday' }],
        },
      ],
    });
    expect(asked.answer).toBe('');
    expect(await stored(form)).toEqual(form);

    const id = form.inputs[0]?.id ?? '';
    const input = { status: 'answered', answers: { [id]: { values: ['Friday'] } } };
    const params = { thread_id: asked.threadId, item_id: form.id, input };
    const resumed = await ada.turn({ type: 'threads.add_structured_input', params });
    expect(resumed.answer).toContain('Which day suits you?: Friday');
    expect(await stored(form)).toMatchObject({ status: 'answered' });
  });

  it('can be skipped', async () => {
    const asked = await ada.create(ask);
    const { id } = itemOf(asked, 'structured_input');
    const params = { thread_id: asked.threadId, item_id: id, input: { status: 'skipped' } };
    const resumed = await ada.turn({ type: 'threads.add_structured_input', params });
    expect(resumed.answer).toContain('Which day suits you?: skipped');
  });
});
