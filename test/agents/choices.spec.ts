import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitTool, type AgentContext } from '../../src/agents/index.js';
import type { InferenceOptions } from '../../src/chatkit/core/index.js';
import { AgentsConfig } from '../../src/config/agents.config.js';
import { loadConfig } from '../../src/config/validate.js';
import { callOf, ScriptedModel } from '../../src/testing/scripted-model.js';
import { AgentApp } from './support/agent-app.js';
import { agentsConfig, collect, contextOf, Exchange, message } from './support/chat.js';
import { ADA, BOB, McpChat } from './support/mcp-chat.js';
import { McpTestServer } from './support/mcp-test-server.js';
import { ModelServer, type RecordedCall, type Turn } from './support/model-server.js';

const ada = contextOf();

@Injectable()
class Desk {
  @ChatKitTool({ name: 'look_up', description: 'Looks something up.', parameters: z.object({}) })
  lookUp(): string {
    return 'found';
  }

  @ChatKitTool({ name: 'selection', description: 'Reads the selection.', parameters: z.object({}) })
  selection(_args: object, context: AgentContext): void {
    context.clientToolCall = { name: 'get_selection', arguments: {} };
  }
}

function turnOf(...output: object[]): Turn {
  const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
  const response = { id: 'resp_1', object: 'response', status: 'completed', output, usage };
  return [{ type: 'response.completed', sequence_number: 0, response }];
}

const call = (name: string): Turn =>
  turnOf({ type: 'function_call', id: 'fc', call_id: 'c', name, arguments: '{}', status: 'completed' });
const answer = turnOf({
  type: 'message',
  id: 'msg',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
});

function asking(inference_options: InferenceOptions, threadId?: string): object {
  const { type, params } = message('Hi', threadId) as { type: string; params: { input: object } };
  return { type, params: { ...params, input: { ...params.input, inference_options } } };
}

function toolChoiceOf({ body }: RecordedCall): unknown {
  return 'tool_choice' in body ? body.tool_choice : undefined;
}

function read(models: string): AgentsConfig {
  return loadConfig(AgentsConfig, { CHATKIT_MODELS: models });
}

async function start(server: ModelServer): Promise<AgentApp> {
  const models = ['gpt-wise=Thorough', 'gpt-fast'];
  const config = agentsConfig({ apiKey: 'sk-test', baseUrl: server.url, model: 'gpt-test', models });
  return AgentApp.start({ config, providers: [Desk] });
}

describe('what the user chooses in the composer', () => {
  it.each([
    ['nothing', {}, 'gpt-test'],
    ['the usual model', { model: 'gpt-test' }, 'gpt-test'],
    ['a model with a label', { model: 'gpt-wise' }, 'gpt-wise'],
    ['a model without one', { model: 'gpt-fast' }, 'gpt-fast'],
  ])('decides which model answers: %s', async (_what, options, model) => {
    await using server = await ModelServer.start([answer]);
    await using app = await start(server);
    await collect(app.stream(asking(options), ada));
    expect(server.calls.map(({ body }) => body.model)).toEqual([model]);
  });

  it('makes the model begin with a tool, and answer afterwards', async () => {
    await using server = await ModelServer.start([call('look_up'), answer]);
    await using app = await start(server);
    await collect(app.stream(asking({ tool_choice: { id: 'look_up' } }), ada));
    expect(server.calls).toHaveLength(2);
    expect(server.calls.map(toolChoiceOf)).toEqual([{ type: 'function', name: 'look_up' }, undefined]);
  });

  it('holds for the model, not for the tool, when the page has answered a call', async () => {
    await using server = await ModelServer.start([call('selection'), answer]);
    await using app = await start(server);
    const options = { model: 'gpt-wise', tool_choice: { id: 'selection' } };
    const { threadId } = new Exchange(await collect(app.stream(asking(options), ada)));
    const params = { thread_id: threadId, result: 'this' };
    await collect(app.stream({ type: 'threads.add_client_tool_output', params }, ada));
    expect(server.calls.map(({ body }) => body.model)).toEqual(['gpt-wise', 'gpt-wise']);
    expect(server.calls.map(toolChoiceOf)).toEqual([{ type: 'function', name: 'selection' }, undefined]);
  });

  it.each([
    ['model', { model: 'gpt-secret' }],
    ['model', { model: '' }],
    ['model', { model: 'gpt-wise=Thorough' }],
    ['tool_choice.id', { tool_choice: { id: 'delete_all' } }],
  ])(
    'is refused by the name of %s when it is not offered, before anything is kept',
    async (name, options) => {
      await using server = await ModelServer.start([answer]);
      await using app = await start(server);
      const field = `params.input.inference_options.${name}`;
      const refusal = {
        code: 'invalid_request',
        field,
        message: `${field}: what was chosen is not offered here`,
      };
      await expect(collect(app.stream(asking(options), ada))).rejects.toMatchObject(refusal);
      expect((await app.store.loadThreads({ limit: 1, order: 'asc' }, ada)).data).toEqual([]);

      const { threadId } = await app.say('Hi', ada);
      const said = await app.items(threadId, ada);
      await expect(collect(app.stream(asking(options, threadId), ada))).rejects.toMatchObject(refusal);
      expect(await app.items(threadId, ada)).toEqual(said);
      expect(server.calls).toHaveLength(1);
    },
  );

  it('may be a tool of an MCP server that knows the caller', async () => {
    await using orders = await McpTestServer.start({ header: 'authorization' });
    orders.users.set(ADA.token, ADA.userId);
    const model = new ScriptedModel({ Hi: callOf('who-am-i', {}) });
    await using chat = await McpChat.start(model, [
      { name: 'orders', url: orders.url, auth: { mode: 'header' } },
    ]);
    const request = asking({ tool_choice: { id: 'who-am-i' } });
    const { text, error } = new Exchange(await collect(chat.stream(request, contextOf(ADA))));
    expect([text, error]).toEqual([expect.stringContaining('You are u-ada.'), undefined]);
    await expect(collect(chat.stream(request, contextOf(BOB)))).rejects.toMatchObject({
      field: 'params.input.inference_options.tool_choice.id',
    });
  });

  it('ends the answer when it is no longer offered where a message is answered once more', async () => {
    await using server = await ModelServer.start([answer]);
    await using app = await start(server);
    const { events, threadId } = new Exchange(await collect(app.stream(asking({ model: 'gpt-fast' }), ada)));
    const message = events.flatMap((event) =>
      event.type === 'thread.item.done' && event.item.type === 'user_message' ? [event.item] : [],
    )[0];
    if (message === undefined) throw new Error('no message');
    await app.store.saveItem(threadId, { ...message, inference_options: { model: 'gpt-gone' } }, ada);
    const params = { thread_id: threadId, item_id: message.id };
    const again = new Exchange(await collect(app.stream({ type: 'threads.retry_after_item', params }, ada)));
    expect(again.error).toEqual({
      type: 'error',
      code: 'custom',
      message: 'inference_options.model: what was chosen is not offered here',
      allow_retry: false,
    });
    expect(server.calls).toHaveLength(1);
  });

  it('is read from the environment, with and without labels', () => {
    expect(read('gpt-5=Thorough, gpt-5-nano').offeredModels).toEqual([
      { id: 'gpt-5-mini', label: 'gpt-5-mini' },
      { id: 'gpt-5', label: 'Thorough' },
      { id: 'gpt-5-nano', label: 'gpt-5-nano' },
    ]);
    for (const wrong of ['two words', 'gpt-5=', '=Label'])
      expect(() => read(wrong)).toThrow('CHATKIT_MODELS');
  });
});
