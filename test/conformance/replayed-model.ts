import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Cues } from './cues.js';

type StreamedEvent = { type: string; [key: string]: unknown } | { pause: true };

/** What the server answers to one call. */
export type Turn =
  | StreamedEvent[]
  | { events: StreamedEvent[]; drop: true }
  | { status: number; body: unknown; headers?: Record<string, string> };

export interface ModelRequestBody {
  instructions?: unknown;
  tools?: { name?: string; type: string }[];
  input: unknown;
}

const TERMINAL = new Set(['response.completed', 'response.failed', 'response.incomplete', 'error']);

/** A model behind the Responses API that answers its n-th call with the n-th recorded turn. */
export class ReplayedModel implements AsyncDisposable {
  readonly calls: ModelRequestBody[] = [];
  readonly cues = new Cues();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const at = this.calls.length;
      this.calls.push(JSON.parse(Buffer.concat(chunks).toString()) as ModelRequestBody);
      const known = request.url?.endsWith('/responses') === true;
      void this.#answer(known ? this.turns[at] : undefined, at, response);
    });
  });

  private constructor(
    private readonly turns: readonly Turn[],
    private readonly chunk: number | undefined,
  ) {}

  /** @param chunk the bytes of a stream are written this many at a time; default: an event at a time */
  static async start(turns: readonly Turn[], chunk: number | undefined): Promise<ReplayedModel> {
    const model = new ReplayedModel(turns, chunk);
    model.#server.listen(0, '127.0.0.1');
    await once(model.#server, 'listening');
    return model;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cues.over();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(turn: Turn | undefined, at: number, response: ServerResponse): Promise<void> {
    if (turn === undefined || 'status' in turn) {
      const { status, body } = turn ?? { status: 404, body: { error: { message: 'no turn left' } } };
      response.writeHead(status, { 'content-type': 'application/json', ...turn?.headers });
      response.end(JSON.stringify(body));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const event of 'drop' in turn ? turn.events : turn) {
      if (response.destroyed) return;
      await this.#send(event, response);
    }
    await this.cues.settled();
    if ('drop' in turn) {
      response.destroy();
      return;
    }
    response.end();
    if (at === this.turns.length - 1) this.cues.ended.resolve();
  }

  async #send(event: StreamedEvent, response: ServerResponse): Promise<void> {
    if ('pause' in event) return this.cues.pause();
    if (TERMINAL.has(event.type)) await this.cues.settled();
    const data = Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    const size = this.chunk ?? data.length;
    if (event.type !== 'error') this.cues.sent();
    for (let start = 0; start < data.length && !response.destroyed; start += size) {
      // a client that has hung up does not want the rest
      await new Promise<void>((resolve) => {
        response.write(data.subarray(start, start + size), () => resolve());
      });
    }
  }
}
