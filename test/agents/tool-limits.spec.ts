import { Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import * as z from 'zod';
import {
  ChatKitAgentsModule,
  ChatKitTool,
  RespondService,
  type AgentContext,
} from '../../src/agents/index.js';
import { MemoryStore, Store } from '../../src/chatkit/core/index.js';
import { agentsConfig, collect, contextOf, Exchange, message } from './support/chat.js';
import { CapturedLogs } from './support/logs.js';
import { callOf, ScriptedModel } from '../../src/testing/index.js';

const model = new ScriptedModel({
  'Be slow': callOf('slow', {}),
  'Be as slow': callOf('slow_by_default', {}),
  'Wait for me': callOf('patient', {}),
  'Say a lot': callOf('talk', { length: 101 }),
  'Say enough': callOf('talk', { length: 100 }),
  'Say emoji': callOf('smile', {}),
  'Count far': callOf('count', {}),
  'Draw it': callOf('draw', {}),
});

const parameters = z.object({});
const PICTURE = `data:image/png;base64,${'A'.repeat(200)}`;

@Injectable()
class Tools {
  readonly ended: unknown[] = [];
  readonly started = Promise.withResolvers<void>();

  @ChatKitTool({ name: 'slow', description: 'Takes its time.', parameters, timeoutMs: 1 })
  async slow(_args: object, context: AgentContext): Promise<void> {
    await context.stream({ type: 'progress_update', text: 'still there' });
    this.ended.push(await aborted(context));
  }

  @ChatKitTool({ name: 'slow_by_default', description: 'Takes its time.', parameters: { type: 'object' } })
  async slowByDefault(_args: object, context: AgentContext): Promise<void> {
    this.ended.push(await aborted(context));
  }

  @ChatKitTool({ name: 'patient', description: 'Waits.', parameters, timeoutMs: 3_600_000 })
  async patient(_args: object, context: AgentContext): Promise<void> {
    this.started.resolve();
    this.ended.push(await aborted(context));
  }

  @ChatKitTool({ name: 'talk', description: 'Says a lot.', parameters: z.object({ length: z.number() }) })
  talk({ length }: { length: number }): string {
    return 'x'.repeat(length);
  }

  @ChatKitTool({ name: 'smile', description: 'Smiles.', parameters })
  smile(): string {
    return `x${'😀'.repeat(60)}`;
  }

  @ChatKitTool({ name: 'count', description: 'Counts.', parameters })
  count(): { numbers: number[] } {
    return { numbers: Array.from({ length: 200 }, () => 7) };
  }

  @ChatKitTool({ name: 'draw', description: 'Draws.', parameters })
  draw(): object {
    return { type: 'image', image: PICTURE };
  }
}

/** The reason for which the tool's signal fired. */
function aborted({ requestContext: { signal } }: AgentContext): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener('abort', () => resolve(signal.reason));
  });
}

@Module({
  imports: [
    ChatKitAgentsModule.forRoot({ config: agentsConfig({ toolTimeoutMs: 1, toolResultMax: 100 }), model }),
  ],
  providers: [{ provide: Store, useClass: MemoryStore }, RespondService, Tools],
})
class App {}

describe('A tool', () => {
  let app: INestApplicationContext;
  let server: RespondService;
  let logs: CapturedLogs;

  beforeAll(async () => {
    app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
    server = app.get(RespondService);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  async function say(text: string, context = contextOf()): Promise<Exchange> {
    const result = await server.process(JSON.stringify(message(text)), context, { signal: context.signal });
    if (!result.streaming) throw new Error(result.json);
    return new Exchange(await collect(result.events));
  }

  it.each(['Be slow', 'Be as slow'])(
    'that takes too long is told to stop, and so is the model: %s',
    async (text) => {
      const exchange = await say(text);
      expect(exchange.text).toContain('The tool took too long and gave no result.');
      expect(exchange.error).toBeUndefined();
      expect(app.get(Tools).ended.pop()).toMatchObject({ name: 'ToolTimeoutError' });
      expect(logs.text).toContain('a tool took too long');
      expect(logs.text).not.toContain('a tool failed');
    },
  );

  it('shows things while it has time', async () => {
    const { events } = await say('Be slow');
    expect(events).toContainEqual({ type: 'progress_update', text: 'still there' });
  });

  it('is told to stop when the user leaves before its time is over', async () => {
    const client = new AbortController();
    const answer = say('Wait for me', contextOf({ signal: client.signal }));
    const { started, ended } = app.get(Tools);
    await started.promise;
    client.abort('gone');
    await answer;
    expect(ended.pop()).toBe('gone');
    expect(logs.text).toBe('');
  });

  it('gives the model as much as the limit allows, and says what was cut', async () => {
    expect((await say('Say enough')).text).toContain(`"${'x'.repeat(100)}"`);
    expect((await say('Say a lot')).text).toContain(`"${'x'.repeat(100)}\\n[cut: 100 of 101 characters]"`);
    expect((await say('Count far')).text).toMatch(/\\"numbers\\":\[7,.*\[cut: 100 of 413 characters\]/);
  });

  it('gives the model whole characters', async () => {
    const { text } = await say('Say emoji');
    expect(text).toContain(`"x${'😀'.repeat(49)}\\n[cut: 100 of 121 characters]"`);
  });

  it('gives the model whole pictures', async () => {
    expect((await say('Draw it')).text).toContain(PICTURE);
  });
});
