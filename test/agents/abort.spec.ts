import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import { Agent, Runner, type Model } from '@openai/agents';
import * as z from 'zod';
import { ChatKitTool, createModel, type AgentContext } from '../../src/agents/index.js';
import { callOf, ScriptedModel } from '../../src/testing/scripted-model.js';
import { agentsConfig } from './support/chat.js';
import { HttpApp } from './support/http-app.js';
import { CapturedLogs } from './support/logs.js';
import { McpTestServer } from './support/mcp-test-server.js';
import { ModelServer } from './support/model-server.js';

const calling = (name: string): ScriptedModel => new ScriptedModel({ Go: callOf(name, {}) });

/** A stream of the Responses API that begins to say something. */
const begun = [
  { type: 'response.created', response: { id: 'r', status: 'in_progress', output: [] } },
  {
    type: 'response.output_item.added',
    output_index: 0,
    item: { id: 'm', type: 'message', role: 'assistant', status: 'in_progress', content: [] },
  },
  { type: 'response.output_text.delta', item_id: 'm', content_index: 0, delta: 'Half' },
];

function modelAt(server: ModelServer): Model {
  return createModel(agentsConfig({ apiKey: 'k', baseUrl: server.url }));
}

/** Runs an agent of the SDK as a tool of a team would. */
async function answerOf(agent: Agent<AgentContext>, context: AgentContext): Promise<string> {
  const { signal } = context.requestContext;
  const runner = new Runner({ tracingDisabled: true });
  const run = await runner.run(agent, 'Go', { context, signal, stream: true });
  await run.completed;
  return signal.aborted ? '' : String(run.finalOutput);
}

describe('A client that leaves', () => {
  let logs: CapturedLogs;
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  it.each(['responses', 'chat_completions'] as const)('hangs up on the model (%s)', async (modelApi) => {
    const chunk = { id: 'c', choices: [{ index: 0, delta: { content: 'Half' }, finish_reason: null }] };
    const turn = modelApi === 'responses' ? begun : [chunk];
    await using models = await ModelServer.start([turn], { endless: true });
    await using app = await HttpApp.start(
      createModel(agentsConfig({ apiKey: 'k', baseUrl: models.url, modelApi })),
    );
    const client = await app.ask('Go');
    await client.until((text) => text.includes('Half'));
    client.leave();
    await models.hungUp.promise;
    expect(models.calls).toHaveLength(1);
  });

  it('ends a tool, and the model is not asked again', async () => {
    const started = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<boolean>();
    @Injectable()
    class Slow {
      @ChatKitTool({ name: 'slow', description: '', parameters: z.object({}) })
      async slow(_args: object, { requestContext: { signal } }: AgentContext): Promise<string> {
        started.resolve();
        await once(signal, 'abort');
        ended.resolve(signal.aborted);
        return 'too late';
      }
    }
    const model = calling('slow');
    await using app = await HttpApp.start(model, [Slow]);
    const client = await app.ask('Go');
    await started.promise;
    client.leave();
    expect(await ended.promise).toBe(true);
    await app[Symbol.asyncDispose]();
    expect(model.requests).toHaveLength(1);
  });

  it('ends a call of an MCP server', async () => {
    await using server = await McpTestServer.start();
    const servers = [{ name: 'orders', url: server.url, auth: { mode: 'none' } }];
    await using app = await HttpApp.start(calling('wait'), [], servers);
    const client = await app.ask('Go');
    const signal = await server.waiting.promise;
    client.leave();
    if (!signal.aborted) await once(signal, 'abort');
    await server.idle();
  });

  it('hangs up on the model of an agent that a tool runs', async () => {
    await using models = await ModelServer.start([begun], { endless: true });
    @Injectable()
    class Experts {
      @ChatKitTool({ name: 'expert', description: '', parameters: z.object({}) })
      ask(_args: object, context: AgentContext): Promise<string> {
        const expert = new Agent<AgentContext>({ name: 'expert', model: modelAt(models) });
        return answerOf(expert, context);
      }
    }
    await using app = await HttpApp.start(calling('expert'), [Experts]);
    const client = await app.ask('Go');
    await models.asked.promise;
    client.leave();
    await models.hungUp.promise;
  });

  it('hangs up on the model of an agent that the SDK runs as a tool', async () => {
    await using models = await ModelServer.start([begun], { endless: true });
    const expert = new Agent<AgentContext>({ name: 'expert', model: modelAt(models) });
    const tool = expert.asTool({ toolName: 'expert', toolDescription: '' });
    @Injectable()
    class Experts {
      @ChatKitTool({ name: 'team', description: '', parameters: z.object({}) })
      ask(_args: object, context: AgentContext): Promise<string> {
        const lead = new Agent<AgentContext>({
          name: 'lead',
          model: new ScriptedModel({ Go: callOf('expert', { input: 'Well?' }) }),
          tools: [tool],
        });
        return answerOf(lead, context);
      }
    }
    await using app = await HttpApp.start(calling('team'), [Experts]);
    const client = await app.ask('Go');
    await models.asked.promise;
    client.leave();
    await models.hungUp.promise;
  });
});
