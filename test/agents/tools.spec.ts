import { Agent, OpenAIResponsesModel, Runner, tool, type RunContext } from '@openai/agents';
import OpenAI from 'openai';
import { AgentContext, RunFeed, ReliableModel, streamAgentResponse } from '../../src/agents/index.js';
import { MemoryStore, type ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { contextOf } from './support/chat.js';
import { ModelServer } from './support/model-server.js';
import { aWhile, collect, outline, progress, thread } from './support/runs.js';

function turn(id: string, item: object): object[] {
  const response = {
    id,
    status: 'completed',
    output: [item],
    usage: { input_tokens: 1, output_tokens: 1, total_tokens: 2 },
  };
  return [
    { type: 'response.created', response },
    { type: 'response.output_item.added', output_index: 0, item },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response },
  ];
}

function text(id: string): object {
  return {
    id,
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: id, annotations: [] }],
  };
}

const call = {
  id: 'fc_1',
  type: 'function_call',
  status: 'completed',
  call_id: 'call_1',
  name: 'work',
  arguments: '{}',
};

/** An agent of the SDK with one tool, on a model that calls it and then says something. */
async function running(
  server: ModelServer,
  execute: (context: AgentContext) => Promise<string>,
  signal = new AbortController().signal,
): Promise<AsyncGenerator<ThreadStreamEvent>> {
  const store = new MemoryStore();
  const requestContext = contextOf().with({ signal });
  await store.saveThread(thread, requestContext);
  const context = new AgentContext(thread, store, requestContext);
  const client = new OpenAI({ apiKey: 'k', baseURL: server.url, maxRetries: 0 });
  const feed = new RunFeed();
  const work = tool({
    name: 'work',
    description: '',
    strict: false,
    parameters: { type: 'object', properties: {}, required: [], additionalProperties: true },
    execute: (_input: unknown, run?: RunContext<AgentContext>) => {
      if (run === undefined) throw new Error('no context');
      return execute(run.context);
    },
  });
  const agent = new Agent<AgentContext>({
    name: 'assistant',
    model: new ReliableModel(new OpenAIResponsesModel(client, 'm'), feed),
    tools: [work],
  });
  const run = await new Runner({ tracingDisabled: true }).run(agent, 'Hi', { stream: true, context, signal });
  return streamAgentResponse(context, run, { feed });
}

describe('A tool of an agent', () => {
  it.each([
    ['at once', undefined],
    ['slowly', aWhile],
  ] as const)('speaks between the model’s turns, to a client that reads %s', async (_how, pause) => {
    await using server = await ModelServer.start([
      [...turn('r1', text('Before.')).slice(0, 3), ...turn('r1', call).slice(1)],
      turn('r2', text('After.')),
    ]);
    const events = await running(server, async (context) => {
      await context.stream(progress('one'));
      await context.stream(progress('two'));
      return 'done';
    });
    const said = ['added assistant_message', 'done assistant_message'];
    expect(outline(await collect(events, pause))).toEqual([...said, 'one', 'two', ...said]);
  });

  it('is told by the signal that the request was aborted, and does not hang on what nobody reads', async () => {
    await using server = await ModelServer.start([turn('r1', call)]);
    const client = new AbortController();
    const ended = Promise.withResolvers<boolean>();
    const events = await running(
      server,
      async (context) => {
        await context.stream(progress('one'));
        await context.stream(progress('two'));
        ended.resolve(context.requestContext.signal.aborted);
        return 'done';
      },
      client.signal,
    );
    expect((await events.next()).value).toEqual(progress('one'));
    client.abort();
    await events.return(undefined);
    expect(await ended.promise).toBe(true);
    expect(server.calls).toHaveLength(1);
  });

  it('that waits for something else does not keep an aborted stream from ending', async () => {
    await using server = await ModelServer.start([turn('r1', call)]);
    const client = new AbortController();
    const started = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const events = await running(
      server,
      async () => {
        started.resolve();
        await released.promise;
        return 'done';
      },
      client.signal,
    );
    const all = collect(events);
    await started.promise;
    client.abort();
    expect(outline(await all)).toEqual([]);
    released.resolve();
  });
});
