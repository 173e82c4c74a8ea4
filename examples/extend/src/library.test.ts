import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { loadConfig } from 'nestjs-chatkit';
import { AgentsConfig, CHATKIT_MODEL } from 'nestjs-chatkit/agents';
import type { ThreadStreamEvent } from 'nestjs-chatkit/core';
import { callOf, ScriptedModel, textOf } from 'nestjs-chatkit/testing';
import { AppModule } from './app.module.js';
import { Books } from './books.js';

const model = new ScriptedModel({
  'Do you have Sea?': callOf('find_book', { title: 'sea' }),
  'How many weeks may I keep books?': textOf('Four weeks【1】.'),
});

describe('The library assistant', () => {
  let app: INestApplication;
  before(async () => {
    // the model would be asked for titles, too
    const config = loadConfig(AgentsConfig, { CHATKIT_TITLES: 'words' });
    const imports = [AppModule.forRoot(config)];
    const module = await Test.createTestingModule({ imports })
      .overrideProvider(CHATKIT_MODEL)
      .useValue(model)
      .compile();
    app = module.createNestApplication({ bodyParser: false, logger: false });
    await app.listen(0, '127.0.0.1');
  });
  after(() => app.close());

  async function send(card: string, type: string, params: object): Promise<Response> {
    return fetch(`${await app.getUrl()}/chatkit`, {
      method: 'POST',
      headers: { authorization: `Bearer ${card}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type, params }),
    });
  }

  async function stream(card: string, type: string, params: object): Promise<ThreadStreamEvent[]> {
    const text = await (await send(card, type, params)).text();
    return [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => JSON.parse(data) as ThreadStreamEvent);
  }

  function ask(card: string, text: string): Promise<ThreadStreamEvent[]> {
    const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
    return stream(card, 'threads.create', { input });
  }

  it('turns away whoever shows no card', async () => {
    assert.equal((await send('card-nobody', 'threads.list', {})).status, 401);
  });

  it('shows a book that the model looks for', async () => {
    const events = await ask('card-ada', 'Do you have Sea?');
    const widget = finished(events).find((item) => item.type === 'widget');
    assert.match(JSON.stringify(widget), /The Sea Around Us.*book\.reserve/);
    assert.match(said(events), /Result: .*2 copies are in/);
  });

  it('looks in the catalogue of the user’s own library', async () => {
    assert.match(said(await ask('card-cy', 'Do you have Sea?')), /does not have it/);
  });

  it('reserves the book when its button is pressed', async () => {
    const events = await ask('card-ada', 'Do you have Sea?');
    const thread_id = threadOf(events);
    const item_id = finished(events).find((item) => item.type === 'widget')?.id;
    const action = { type: 'book.reserve', payload: { id: 'b-1' } };
    const answer = await stream('card-ada', 'threads.custom_action', { thread_id, item_id, action });
    assert.match(said(answer), /“The Sea Around Us” is waiting/);
    const books = app.get(Books, { strict: false });
    assert.deepEqual(books.reservedBy('riverside', 'ada'), ['b-1']);
    assert.deepEqual(books.reservedBy('riverside', 'bo'), []);
  });

  it('lets the model read the house rules, and cites them', async () => {
    const events = await ask('card-ada', 'How many weeks may I keep books?');
    assert.match(model.requests.at(-1)?.systemInstructions ?? '', /four weeks/);
    assert.match(JSON.stringify(finished(events)), /https:\/\/riverside\.test\/rules/);
    await ask('card-cy', 'How many weeks may I keep books?');
    assert.doesNotMatch(model.requests.at(-1)?.systemInstructions ?? '', /four weeks/);
  });

  it('keeps conversations to their owners', async () => {
    const thread_id = threadOf(await ask('card-ada', 'Do you have Sea?'));
    assert.equal((await send('card-ada', 'threads.get_by_id', { thread_id })).status, 200);
    assert.equal((await send('card-bo', 'threads.get_by_id', { thread_id })).status, 404);
  });
});

function finished(events: readonly ThreadStreamEvent[]) {
  return events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []));
}

function said(events: readonly ThreadStreamEvent[]): string {
  return finished(events)
    .flatMap((item) => (item.type === 'assistant_message' ? item.content : []))
    .map(({ text }) => text)
    .join('\n');
}

function threadOf(events: readonly ThreadStreamEvent[]): string {
  const created = events.find((event) => event.type === 'thread.created');
  assert.ok(created);
  return created.thread.id;
}
