import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import { ChatKitModule, ReplicasIndicator, type Signals } from '../../src/index.js';
import { MemoryStore, type ThreadStreamEvent } from '../../src/chatkit/core/index.js';
import { ask, Dictated, join } from './dictated.js';
import { create, getThread } from './requests.js';
import { say, ScriptedServer, type Script } from './scripted-server.js';

/** What a host may bring: a bus of its own, which tells all of its topics in the order in which they were told it. */
class Bus implements Signals {
  isConnected = true;
  readonly #listeners = new Map<string, Set<(message: string) => void>>();
  readonly #arrivals = new Set<() => void>();

  async publish(topic: string, message: string): Promise<boolean> {
    if (!this.isConnected) return false;
    await Promise.resolve();
    for (const listener of this.#listeners.get(topic) ?? []) listener(message);
    return true;
  }

  subscribe(topic: string, listener: (message: string) => void): () => void {
    const known = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, known.add(listener));
    return () => void known.delete(listener);
  }

  onConnected(listener: () => void): () => void {
    this.#arrivals.add(listener);
    if (this.isConnected) listener();
    return () => void this.#arrivals.delete(listener);
  }
}

let script: Script = say('Hello');

/** Is made by the module, with what it adds to the protocol. */
class Answering extends ScriptedServer {
  override respond(
    ...[thread, message, context]: Parameters<ScriptedServer['respond']>
  ): AsyncIterable<ThreadStreamEvent> {
    return script(thread, context, message);
  }
}

describe('Applications with signals that their host brings', () => {
  const apps: NestExpressApplication[] = [];
  const bus = new Bus();

  /** One of several that share a store; turns are known to each alone. */
  async function start(store: MemoryStore): Promise<NestExpressApplication> {
    const testing = await Test.createTestingModule({
      imports: [
        ChatKitModule.forRoot({
          server: Answering,
          store: { useValue: store },
          signals: { useValue: bus },
          identity: () => ({ tenantId: 'org_a', userId: 'u1' }),
        }),
      ],
    }).compile();
    const app = testing.createNestApplication<NestExpressApplication>({
      forceCloseConnections: true,
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
    apps.push(app);
    return app;
  }

  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
  });

  it('join answers of each other, and say in health whether they can', async () => {
    const store = new MemoryStore();
    const first = await start(store);
    const second = await start(new Proxy(store, { get: (target, key) => bound(target, key) }));
    script = say('Hello');
    const id = /"id":"(thr_\w+)"/.exec(await (await post(first, create('Hi'))).text())?.[1] ?? '';
    const dictated = new Dictated();
    script = dictated.script;
    const running = post(first, ask(id)).then((response) => response.text());
    await dictated.say('one ');
    expect((await post(second, getThread(id))).headers.get('chatkit-answering')).toBe('true');
    const joined = await post(second, join(id));
    await dictated.say('two');
    dictated.end();
    expect(await joined.text()).toContain('"text":"one two"');
    await running;
    expect(second.get(ReplicasIndicator).check()).toEqual({ replicas: { status: 'up' } });
    bus.isConnected = false;
    expect(second.get(ReplicasIndicator).check()).toMatchObject({ replicas: { status: 'degraded' } });
  });
});

function post(app: NestExpressApplication, request: object): Promise<Response> {
  return fetch(`http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}/chatkit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
}

function bound(target: MemoryStore, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key);
  return typeof value === 'function' ? value.bind(target) : value;
}
