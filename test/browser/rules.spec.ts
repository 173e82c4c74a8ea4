import { Harness } from './harness/harness.js';
import { REACTS } from './harness/reacts.js';

describe.each(REACTS)('Under %s', (name, copy) => {
  let harness: Harness;

  beforeAll(async () => {
    harness = await Harness.start(copy);
  });

  afterAll(() => harness?.close());

  it('is ready once, answers, and objects to nothing', async () => {
    const chat = await harness.open();
    expect(await chat.page.evaluate('harness.react')).toMatch(name.replace('React ', ''));
    await chat.ask('Hello');
    expect(await chat.objections()).toEqual([]);
    expect(chat.events('onReady')).toHaveLength(1);
    await chat.leave();
  });
});
