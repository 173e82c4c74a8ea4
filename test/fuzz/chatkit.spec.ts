import * as fc from 'fast-check';
import { create, everyRequestAbout, inputOf } from '../app/support/requests.js';
import { ChatClient } from '../app/support/chat-client.js';
import { always, patience } from './support/runs.js';
import { START_MS, SturdyApp } from './support/sturdy-app.js';
import { contentType, encoded } from './support/charsets.js';
import { disfigured, headerValue, hostileJson, json, jsonText, text } from './support/values.js';

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
  }, START_MS);
  afterAll(() => server?.close(), START_MS);

  it(
    'answers or refuses requests of every type',
    async () => {
      const inputs = fc.nat().chain((which) => disfigured(requests[which % requests.length] ?? {}));
      await always('requests', inputs, async (request) => void (await server.chat(jsonText(request))));
    },
    patience('requests'),
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
      await always('actions', payloads, async (action) => {
        for (const request of acts(action)) await server.chat(jsonText(request));
      });
    },
    patience('actions', 2),
  );

  it(
    'answers or refuses bodies that are hardly JSON, under any headers',
    async () => {
      const bodies = fc.oneof(
        text.map((value) => value.toWellFormed()),
        json.map(jsonText),
        hostileJson,
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
      const types = fc.oneof({ weight: 2, arbitrary: fc.constant('application/json') }, contentType);
      const others = fc.dictionary(names, headerValue, { maxKeys: 3 });
      await always('bodies', fc.tuple(bodies, types, others), async ([body, type, headers]) => {
        await server.chat(encoded(body, type), { 'content-type': type, ...headers });
      });
    },
    patience('bodies'),
  );

  it(
    'keeps to itself what is a stranger’s, even where the ids were guessed',
    async () => {
      const known = server.strangers.flatMap(({ threadId, itemId, attachmentId }) => [
        ...everyRequestAbout(threadId, itemId),
        { type: 'attachments.delete', params: { attachment_id: attachmentId } },
        { type: 'threads.create', params: { input: { ...inputOf([]), attachments: [attachmentId] } } },
      ]);
      const inputs = fc
        .constantFrom(...known)
        .chain((request) =>
          fc.oneof(
            { weight: 1, arbitrary: fc.constant<unknown>(request) },
            { weight: 2, arbitrary: disfigured(request) },
          ),
        );
      await always('strangers', inputs, async (request) => void (await server.chat(jsonText(request))));
    },
    patience('strangers'),
  );

  it('harms nobody else', () => server.expectUnharmed(), START_MS);
});
