import { eventsOf, itemOf, openHouse, press } from './support/guest.js';

let house: Awaited<ReturnType<typeof openHouse>>;
beforeAll(async () => (house = await openHouse()));
afterAll(() => house?.close());

describe('In the demonstration, a member', () => {
  it('sees what is being done, and then the answer of their own organisation', async () => {
    const turn = await house.ada.create('Check the hours');
    expect(eventsOf(turn, 'progress_update').map(({ text }) => text)).toEqual([
      'Asking the front desk',
      'Looking at the calendar',
      'Checking for holidays',
    ]);
    expect(turn.answer).toContain('The library is open');
    expect((await house.clara.create('Check the hours')).answer).toContain('The clinic is open');
  });

  it('follows the steps of a workflow', async () => {
    const turn = await house.ada.create('Prepare a report');
    const { workflow } = itemOf(turn, 'workflow');
    expect(workflow.summary).toEqual({ title: 'Prepared the report', icon: 'check-circle' });
    expect(workflow.tasks.map((task) => task.status_indicator)).toEqual(['complete', 'complete', 'complete']);
    expect(turn.answer).toContain('The report is ready');
  });

  it('sees a notice of the level they ask for', async () => {
    const turn = await house.ada.create('Give me a notice that is a warning');
    expect(eventsOf(turn, 'notice')).toEqual([
      expect.objectContaining({ level: 'warning', title: 'Maintenance' }),
    ]);
  });

  it('has the page change', async () => {
    const turn = await house.ada.create('Change the colours to pink and highlight the page');
    expect(eventsOf(turn, 'client_effect').map(({ name, data }) => [name, data])).toEqual([
      ['accent', { colour: 'pink' }],
      ['highlight', {}],
    ]);
  });

  it('has the page read a selection, with which the model goes on', async () => {
    const asked = await house.ada.create('Get my selection');
    const call = itemOf(asked, 'client_tool_call');
    expect(call).toMatchObject({ name: 'get_selection', status: 'pending' });
    expect(asked.answer).toBe('');
    const params = { thread_id: asked.threadId, result: { text: 'four weeks' } };
    const resumed = await house.ada.turn({ type: 'threads.add_client_tool_output', params });
    expect(resumed.answer).toContain('four weeks');
  });

  it('renames the conversation', async () => {
    const { threadId } = await house.ada.create('Rename this thread to “Plans for May”');
    expect((await house.ada.thread(threadId)).title).toBe('Plans for May');
  });

  it.each([
    ['Lock this thread', 'locked'],
    ['Close this thread', 'closed'],
  ])('says “%s”, and opens it again with a button', async (request, status) => {
    const turn = await house.ada.create(request);
    expect((await house.ada.thread(turn.threadId)).status.type).toBe(status);
    const opened = await house.ada.turn(press(itemOf(turn, 'widget'), 'thread.reopen'));
    expect((await house.ada.thread(turn.threadId)).status.type).toBe('active');
    expect(eventsOf(opened, 'thread.item.replaced')).toHaveLength(1);
  });

  it('watches a picture come, first small, then whole', async () => {
    const turn = await house.ada.create('Draw a picture');
    const [preview] = eventsOf(turn, 'thread.item.updated').flatMap(({ update }) =>
      update.type === 'generated_image.updated' ? [update] : [],
    );
    const { image } = itemOf(turn, 'generated_image');
    expect(preview?.progress).toBe(0.5);
    for (const url of [preview?.image.url, image?.url]) expect(url).toMatch(/^data:image\/png;base64,iVBOR/);
    expect(image?.url.length).toBeGreaterThan(preview?.image.url.length ?? Infinity);
  });

  it('finds the sources of an answer', async () => {
    const turn = await house.clara.create('Quote the rules');
    const [part] = itemOf(turn, 'assistant_message').content;
    expect(part?.annotations.map(({ source }) => source.type)).toEqual(['file', 'entity']);
    expect(part?.annotations.map(({ index }) => index)).toEqual([part?.text.length, part?.text.length]);
  });

  it('searches the catalogue of their organisation only', async () => {
    const search = 'Search the catalogue for “tides of travellers”';
    expect((await house.ada.create(search)).answer).toContain('Tides of the North');
    const other = await house.clara.create(search);
    expect(other.answer).toContain('Vaccines for travellers');
    expect(other.answer).not.toContain('Tides of the North');
  });
});
