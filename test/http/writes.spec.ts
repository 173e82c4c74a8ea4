import { setImmediate } from 'node:timers/promises';
import type { Model, StreamEvent } from '@openai/agents';
import { AnswerService, RespondService } from '../../src/agents/index.js';
import { ModelHealth } from '../../src/agents/model/model-status.js';
import type { ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { AgentsConfig } from '../../src/config/agents.config.js';
import { HeldFrames } from './held-frames.js';
import { create } from './requests.js';
import { assistantMessage, delta, ScriptedServer, type Script } from './scripted-server.js';
import { never, Stage } from './stage.js';

const DELTAS = 200;
const FRAMES = 10;
/** The first event, the message of the user, and the end. */
const AT_ONCE = 3;

/** Says where it may go on to the next frame. */
type Pace = (said: number) => Promise<void> | undefined;

function ownServer(pace: Pace): Script {
  return async function* speak(thread) {
    yield { type: 'thread.item.added', item: assistantMessage(thread, '') };
    for (let said = 1; said <= DELTAS; said += 1) {
      yield delta('word ');
      await pace(said);
    }
    yield { type: 'thread.item.done', item: assistantMessage(thread, 'word '.repeat(DELTAS)) };
  };
}

function agent(pace: Pace): Script {
  const model: Model = {
    getResponse: () => Promise.reject(new Error('it streams')),
    async *getStreamedResponse(): AsyncGenerator<StreamEvent> {
      for (let said = 1; said <= DELTAS; said += 1) {
        yield { type: 'output_text_delta', delta: 'word ' };
        await pace(said);
      }
      const content = [{ type: 'output_text' as const, text: 'word '.repeat(DELTAS) }];
      const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
      const output = [
        { type: 'message' as const, role: 'assistant' as const, status: 'completed' as const, content },
      ];
      yield { type: 'response_done', response: { id: 'r', usage, output } };
    },
  };
  const config = new AgentsConfig();
  return async function* answer(thread, context, message) {
    const answers = new AnswerService(model, config, new ModelHealth('openai', 'm'));
    yield* new RespondService(server.store, answers, config).respond(thread, message, context);
  };
}

async function* act(): AsyncGenerator<ThreadStreamEvent> {
  yield { type: 'progress_update', text: 'Busy' };
  yield { type: 'client_effect', name: 'open', data: {} };
  yield* never();
}

async function* flood(): AsyncGenerator<ThreadStreamEvent> {
  for (;;) yield delta('x');
}

const server = new ScriptedServer();

/** The texts of the writes of a stream: over HTTP each is a chunk. */
function writesOf(received: string): string[] {
  return received
    .split('\r\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.trimEnd());
}

const eventsIn = (write: string): string[] =>
  write.split('\n\n').map((line) => (JSON.parse(line.replace('data: ', '')) as ThreadStreamEvent).type);

describe('the writes of a stream', () => {
  const stage = new Stage();
  let frames: HeldFrames;

  beforeEach(() => {
    frames = new HeldFrames();
  });
  afterEach(() => stage.clear());

  async function written(script: Script): Promise<string[]> {
    server.script = script;
    const app = await stage.start({}, { server, frames });
    const client = (await stage.connect(app)).post(create());
    return writesOf(await client.until((received) => received.endsWith('\r\n0\r\n\r\n')));
  }

  describe.each([
    ['a server of one’s own', ownServer],
    ['the agent', agent],
  ])('of %s', (_whose, answer) => {
    it('are as many as what cannot wait, where all deltas come at once', async () => {
      const writes = await written(answer(() => undefined));
      expect(
        writes.flatMap(eventsIn).filter((type) => type === 'thread.item.updated').length,
      ).toBeGreaterThanOrEqual(DELTAS);
      expect(writes[0] && eventsIn(writes[0])).toEqual(['thread.created']);
      expect(writes.length).toBeLessThanOrEqual(AT_ONCE);
    });

    it('are one for each frame besides', async () => {
      const pace: Pace = async (said) => {
        if (said % (DELTAS / FRAMES) !== 0) return;
        await setImmediate();
        frames.end();
      };
      const writes = await written(answer(pace));
      expect(writes.length).toBeGreaterThanOrEqual(FRAMES);
      expect(writes.length).toBeLessThanOrEqual(AT_ONCE + FRAMES);
    });
  });

  it('leave without waiting for the frame where the client does something about them', async () => {
    server.script = act;
    const app = await stage.start({}, { server, frames });
    const client = (await stage.connect(app)).post(create());
    const received = await client.until((text) => text.includes('"name":"open"'));
    expect(received).toContain('Busy');
  });

  it('make a generator that never waits give others their turn', async () => {
    const app = await stage.start({}, { server, frames });
    server.script = flood;
    const client = (await stage.connect(app)).post(create());
    await client.until((text) => text.includes('"delta"'));
    client.leave();
    await app.idle();
  });
});
