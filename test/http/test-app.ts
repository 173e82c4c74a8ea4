import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request } from 'express';
import type { HostIdentity } from '../../src/auth/index.js';
import {
  ChatKitModule,
  ChatKitExceptionFilter,
  ChatKitLogger,
  type ChatKitSettings,
  type ChatStatus,
} from '../../src/chatkit/index.js';
import { ChatKitIndicator } from '../../src/chatkit/health/chatkit.indicator.js';
import { RunningRequests } from '../../src/chatkit/running-requests.js';
import { Frames } from '../../src/chatkit/sse/frames.js';
import { CollectedLog } from './collected-log.js';
import { ScriptedServer } from './scripted-server.js';

/** Knows `Bearer USER`, as a member of organisation a, and `Bearer USER@ORGANISATION`. */
function identity({ headers }: Request): HostIdentity | undefined {
  const [, userId, tenantId = 'org_a'] = /^Bearer (\w+)(?:@(\w+))?$/.exec(headers.authorization ?? '') ?? [];
  return userId === undefined ? undefined : { tenantId, userId };
}

/** How the application is made, which is nothing to the module. */
export interface Making {
  /** Default false. */
  readonly bodyParser?: boolean;
  readonly rawBody?: boolean;
  readonly server?: ScriptedServer;
  /** Default: those of the settings. */
  readonly frames?: Pick<Frames, 'atEnd'>;
  /** Changes the application before it listens. */
  readonly before?: (app: NestExpressApplication) => unknown;
}

/** A running application with nothing but the endpoint. */
export class TestApp {
  status: ChatStatus = { state: 'up', since: new Date(0) };

  readonly #sockets = new Set<Socket>();

  private constructor(
    private readonly app: NestExpressApplication,
    readonly server: ScriptedServer,
    readonly log: CollectedLog,
  ) {
    this.httpServer.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  static async start(
    settings: Partial<ChatKitSettings> = {},
    { before, server = new ScriptedServer(), frames, ...making }: Making = {},
  ): Promise<TestApp> {
    const shared: { app?: TestApp } = {};
    const log = new CollectedLog();
    const building = Test.createTestingModule({
      imports: [
        ChatKitModule.forRoot({
          server: { useValue: server },
          identity,
          availability: {
            useValue: { status: () => shared.app?.status ?? { state: 'up', since: new Date(0) } },
          },
          settings,
        }),
      ],
    })
      .overrideProvider(ChatKitLogger)
      .useValue(new ChatKitLogger(log));
    if (frames !== undefined) building.overrideProvider(Frames).useValue(frames);
    const module = await building.compile();
    const app = module.createNestApplication<NestExpressApplication>({
      bodyParser: false,
      forceCloseConnections: true,
      logger: false,
      ...making,
    });
    before?.(app);
    app.useGlobalFilters(new ChatKitExceptionFilter(new ChatKitLogger(log)));
    await app.listen(0, '127.0.0.1');
    const running = new TestApp(app, server, log);
    shared.app = running;
    return running;
  }

  private get httpServer(): Server {
    return this.app.getHttpServer();
  }

  get port(): number {
    return (this.httpServer.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/chatkit`;
  }

  /** How many streams are running. */
  get streams(): number {
    return this.app.get(RunningRequests, { strict: false }).streams;
  }

  /** What the indicator of chat says. */
  get readiness(): unknown {
    return this.app.get(ChatKitIndicator, { strict: false }).check();
  }

  /** Bytes that wait for the client that has the most to read. */
  get unread(): number {
    return Math.max(0, ...[...this.#sockets].map(({ writableLength }) => writableLength));
  }

  /** Sends a request as user u1. */
  post(body: unknown, headers: Record<string, string> = {}): Promise<globalThis.Response> {
    return fetch(this.url, {
      method: 'POST',
      headers: { authorization: 'Bearer u1', 'content-type': 'application/json', ...headers },
      ...(body instanceof ReadableStream && { duplex: 'half' }),
      body: typeof body === 'string' || body instanceof ReadableStream ? body : JSON.stringify(body),
    });
  }

  /** Resolves once the condition holds, looking again at every turn of the event loop. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Resolves once no stream is running any more. */
  idle(): Promise<void> {
    return this.until(() => this.streams === 0);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** Resolves once a request has arrived. */
  async received(): Promise<void> {
    await once(this.httpServer, 'request');
  }

  /** Resolves once one of the clients connected now has left. */
  async disconnection(): Promise<void> {
    // a client that leaves what was sent unread makes an error of it first
    const closed = [...this.#sockets].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    await Promise.race(closed);
  }

  /** Resolves once the server has more to send than a client takes. */
  blocked(): Promise<void> {
    return this.until(() => [...this.#sockets].some((socket) => socket.writableNeedDrain));
  }
}
