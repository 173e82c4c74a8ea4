import * as fc from 'fast-check';
import { create, everyRequestAbout, inputOf } from '../app/support/requests.js';
import { ChatClient } from '../app/support/chat-client.js';
import { always, patience } from './support/runs.js';
import { SturdyApp } from './support/sturdy-app.js';
import { disfigured, headerValue, json, jsonText, text } from './support/values.js';

const BOOKING = { id: 'b1', starred: true, reminded: false };
/** Every action of the demonstration, with a payload that it takes. */
const ACTIONS: readonly object[] = [
  { type: 'booking.show', payload: { id: 'b1' } },
  { type: 'booking.cancel', payload: BOOKING },
  { type: 'booking.reminded', payload: BOOKING },
  { type: 'booking.star', payload: BOOKING },
  { type: 'slot.choose', payload: { slot: 'Monday' } },
  { type: 'contact.send', payload: { topic: 'My account', text: 'Hi', reply: true } },
  { type: 'contact.cancel', payload: {} },
  { type: 'thread.reopen', payload: {} },
];

describe.each(['row', 'schema'])('POST /chatkit by %s, whatever it is sent,', (isolation) => {
  let server: SturdyApp;
  let requests: readonly object[];
  let acts: (action: unknown) => readonly object[];

  beforeAll(async () => {
    server = await SturdyApp.start(isolation);
    const ada = await ChatClient.of(server.app.url, { tenant: 'org_aurora', user: 'ada' });
    const { threadId, items } = await ada.create('Show me the bookings');
    const tag = { type: 'input_tag', id: 't', text: 't', data: { a: 1 }, group: 'g', interactive: true };
    const content = [{ type: 'input_text', text: 'When are you open?' }, tag];
    const metadata = { pageContext: { title: 'Loans', url: 'https://a.example', selection: 'x' } };
    requests = [
      create('Hello', metadata),
      { type: 'threads.create', params: { input: inputOf(content, metadata) }, metadata },
      ...everyRequestAbout(threadId, items[1]?.id ?? '').filter(
        (request) => !jsonText(request).includes('threads.delete'),
      ),
      { type: 'threads.delete', params: { thread_id: 'thr_none' } },
      { type: 'attachments.create', params: { name: 'a.png', size: 10, mime_type: 'image/png' } },
      { type: 'attachments.delete', params: { attachment_id: 'atc_none' } },
      { type: 'input.transcribe', params: { audio_base64: 'AAAA', mime_type: 'audio/webm' } },
    ];
    acts = (action) =>
      ['threads.custom_action', 'threads.sync_custom_action'].map((type) => ({
        type,
        params: { thread_id: threadId, action },
      }));
  });
  afterAll(() => server?.close());

  it(
    'answers or refuses requests of every type',
    async () => {
      const inputs = fc.nat().chain((which) => disfigured(requests[which % requests.length] ?? {}));
      await always(150, inputs, async (request) => void (await server.chat(jsonText(request))));
    },
    patience(150),
  );

  it(
    'answers or refuses actions with any payload',
    async () => {
      const payloads = fc.constantFrom(...ACTIONS).chain((action) =>
        fc.oneof(
          disfigured(action),
          json.map((payload) => ({ ...action, payload })),
        ),
      );
      await always(100, payloads, async (action) => {
        for (const request of acts(action)) await server.chat(jsonText(request));
      });
    },
    patience(200),
  );

  it(
    'answers or refuses bodies that are hardly JSON, under any headers',
    async () => {
      const bodies = fc.oneof(
        text.map((value) => value.toWellFormed()),
        json.map(jsonText),
        fc.constantFrom(
          '{"type":"threads.list","params":{}}',
          '{}',
          '[]',
          '"x"',
          '{"type":',
          '{"a":1}{"b":2}',
        ),
      );
      const names = fc.constantFrom(
        'content-type',
        'content-encoding',
        'accept-language',
        'x-user-id',
        'x-page-url',
        'x-request-id',
        'x-correlation-id',
        'cookie',
        'origin',
        'authorization',
      );
      await always(
        100,
        fc.tuple(bodies, fc.dictionary(names, headerValue, { maxKeys: 3 })),
        async ([body, headers]) => void (await server.chat(body, headers)),
      );
    },
    patience(100),
  );
});
