import { watchResponses } from './watch-responses.js';

describe('Answers of the chat server', () => {
  it('tell when chat is away and when the sign-in is not good for it, and stay readable', async () => {
    const told: string[] = [];
    const answers = [
      Response.json({ error: { code: 'chat_unavailable' } }, { status: 503 }),
      Response.json({ error: { code: 'other' } }, { status: 503 }),
      new Response('no json', { status: 503 }),
      new Response('', { status: 401 }),
      new Response('', { status: 403 }),
      Response.json({ fine: true }),
    ];
    const send = watchResponses(async () => answers.shift() ?? Response.error(), {
      onUnavailable: () => told.push('unavailable'),
      onRefused: () => told.push('refused'),
    });
    const first = await send('/chatkit');
    expect(await first.json()).toEqual({ error: { code: 'chat_unavailable' } });
    for (let round = 0; round < 5; round += 1) await send('/chatkit');
    expect(told).toEqual(['unavailable', 'refused', 'refused']);
  });
});
