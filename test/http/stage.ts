import { assistantMessage, delta, type Script } from './scripted-server.js';
import { RawClient } from './raw-client.js';
import { TestApp, type Making } from './test-app.js';
import type { ChatKitSettings } from '../../src/chatkit/index.js';
import type { ThreadStreamEvent } from '../../src/chatkit/core/index.js';

/** Applications and clients of a test, ended together. */
export class Stage {
  readonly #apps: TestApp[] = [];
  readonly #clients: RawClient[] = [];

  async start(settings: Partial<ChatKitSettings> = {}, making: Making = {}): Promise<TestApp> {
    const app = await TestApp.start(settings, making);
    this.#apps.push(app);
    return app;
  }

  async connect(app: TestApp): Promise<RawClient> {
    const client = await RawClient.connect(app.port);
    this.#clients.push(client);
    return client;
  }

  async clear(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.leave();
    for (const app of this.#apps.splice(0)) await app.close();
  }
}

/** Says `partial`, then does whatever the test wants. */
export function begin(then: (signal: AbortSignal) => AsyncIterable<ThreadStreamEvent>): Script {
  return async function* speak(thread, { signal }) {
    yield { type: 'thread.item.added', item: assistantMessage(thread, '') };
    yield delta('partial');
    yield* then(signal);
  };
}

/** Waits for ever, whatever it is told. */
export async function* never(): AsyncGenerator<ThreadStreamEvent> {
  await new Promise(() => undefined);
  yield delta('never');
}
