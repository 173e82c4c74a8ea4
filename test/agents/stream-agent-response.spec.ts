import { InputGuardrailTripwireTriggered } from '@openai/agents';
import { ResponseStreamConverter, streamAgentResponse } from '../../src/agents/index.js';
import type { ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import {
  aWhile,
  called,
  collect,
  fromModel,
  image,
  message,
  outline,
  progress,
  runOf,
  stage,
} from './support/runs.js';

describe('What tools send while a run streams', () => {
  it.each([
    ['at once', undefined],
    ['slowly', aWhile],
  ] as const)(
    'comes after what caused it and before what it caused, to a client that reads %s',
    async (_how, pause) => {
      const { context } = await stage();
      const run = runOf(async function* () {
        yield* message('m1');
        await context.stream(progress('one'));
        await context.stream(progress('two'));
        yield* message('m2');
        await context.stream(progress('three'));
      });
      const events = await collect(streamAgentResponse(context, run), pause);
      const shown = ['added assistant_message', 'done assistant_message'];
      expect(outline(events)).toEqual([...shown, 'one', 'two', ...shown, 'three']);
    },
  );

  it('holds the tool until the client has it, and lets it go when the client leaves', async () => {
    const { context } = await stage();
    const reached: string[] = [];
    const over = Promise.withResolvers<void>();
    const run = runOf(async function* () {
      yield* message('m1');
      reached.push('first');
      await context.stream(progress('one'));
      reached.push('second');
      await context.stream(progress('two'));
      over.resolve();
    });
    const events = streamAgentResponse(context, run);
    for (let event = 0; event < 3; event++) await events.next();
    await aWhile();
    expect(reached).toEqual(['first']);
    await events.return(undefined);
    await over.promise;
    expect(reached).toEqual(['first', 'second']);
  });

  it('is kept, up to a limit, when it is sent before the run is read', async () => {
    const { context } = await stage();
    await context.stream(progress('early'));
    const run = runOf(async function* () {
      yield* message('m1');
    });
    expect(outline(await collect(streamAgentResponse(context, run)))).toContain('early');
    for (let event = 0; event < 256; event++) await context.stream(progress('unread'));
    await expect(context.stream(progress('too much'))).rejects.toThrow('too many events');
  });

  it('shows an item as it was when it was sent', async () => {
    const { context } = await stage();
    const run = runOf(async function* () {
      yield* [];
      await context.startWorkflow({ type: 'reasoning', tasks: [], expanded: false });
      await context.addWorkflowTask({ type: 'custom', title: 'Read', status_indicator: 'none' });
    });
    const [added] = await collect(streamAgentResponse(context, run));
    expect(added).toMatchObject({ type: 'thread.item.added', item: { workflow: { tasks: [] } } });
  });
});

describe('A client tool call', () => {
  it.each([
    ['model', 'fc_1'],
    ['own', expect.stringMatching(/^tc_[0-9a-f]{32}$/)],
  ] as const)('answers the last call of the model, with ids of source %s', async (ids, id: unknown) => {
    const { context } = await stage();
    const run = runOf(async function* () {
      yield called('fc_1', 'call_1');
      context.clientToolCall = { name: 'get_cart', arguments: { all: true } };
    });
    const events = await collect(streamAgentResponse(context, run, { ids }));
    expect(events).toMatchObject([
      { type: 'thread.item.done', item: { id, call_id: 'call_1', name: 'get_cart', status: 'pending' } },
    ]);
  });
});

describe('A tripped guardrail', () => {
  it('takes back what the model and the tools have shown, and nothing of before', async () => {
    const { context } = await stage();
    const run = runOf(async function* () {
      yield* message('m1');
      await context.streamWidget({ type: 'Card', children: [] });
      throw new InputGuardrailTripwireTriggered('tripped', {} as never);
    });
    const seen: ThreadStreamEvent[] = [];
    const read = async (): Promise<void> => {
      for await (const event of streamAgentResponse(context, run)) seen.push(event);
    };
    await expect(read()).rejects.toThrow('tripped');
    const ids = new Set(seen.flatMap((event) => ('item' in event ? [event.item.id] : [])));
    const removed = seen.flatMap((event) => (event.type === 'thread.item.removed' ? [event.item_id] : []));
    expect(removed).toEqual([...ids]);
  });
});

describe('Generated images', () => {
  class Files extends ResponseStreamConverter {
    override base64ImageToUrl(id: string, _base64: string, preview?: number): string {
      return `https://files.test/${id}/${preview ?? 'final'}`;
    }
  }

  it('that come side by side are kept apart, each at the address that the converter gives', async () => {
    const { context } = await stage();
    const run = runOf(async function* () {
      yield image('response.output_item.added', 'a');
      yield image('response.output_item.added', 'b');
      yield fromModel({
        type: 'response.image_generation_call.partial_image',
        item_id: 'a',
        partial_image_b64: 'AA',
        partial_image_index: 1,
      });
      yield image('response.output_item.done', 'a', 'AA');
      yield image('response.output_item.done', 'b', 'BB');
    });
    const converter = new Files({ partialImages: 2 });
    const events = await collect(streamAgentResponse(context, run, { converter }));
    expect(events.slice(2)).toMatchObject([
      { update: { image: { id: 'a', url: 'https://files.test/a/1' }, progress: 0.5 } },
      { item: { image: { id: 'a', url: 'https://files.test/a/final' } } },
      { item: { image: { id: 'b', url: 'https://files.test/b/final' } } },
    ]);
  });
});
