import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server answers to one call: events of a stream, the same broken off, or an HTTP error. */
export type Turn =
  | readonly unknown[]
  | { readonly events: readonly unknown[]; readonly drop: true }
  | { readonly status: number; readonly body: unknown };

export interface RecordedCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly instructions: string;
    readonly input: unknown;
    readonly model: string;
    /** Of Chat Completions. */
    readonly messages?: readonly ChatMessage[];
  };
}

export interface ChatMessage {
  readonly role: string;
  readonly content: unknown;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly { readonly id: string }[];
}

/** A local model API that answers its n-th call with the n-th turn. */
export class ModelServer implements AsyncDisposable {
  readonly calls: RecordedCall[] = [];
  /** Resolves when the first call has come. */
  readonly asked = Promise.withResolvers<void>();
  /** Resolves when a client has hung up before its answer was over. */
  readonly hungUp = Promise.withResolvers<void>();
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const turn = this.turns[this.calls.length];
      const body = JSON.parse(Buffer.concat(chunks).toString()) as RecordedCall['body'];
      this.calls.push({ path: request.url ?? '', headers: request.headers, body });
      this.asked.resolve();
      void this.#answer(turn, response);
    });
    response.on('close', () => {
      if (!response.writableFinished) this.hungUp.resolve();
    });
  });

  private constructor(
    private readonly turns: readonly Turn[],
    private readonly chunk: number | undefined,
    private readonly endless: boolean,
  ) {}

  /**
   * @param options.chunk write the bytes of a stream this many at a time, across events; default: an event at a time
   * @param options.endless leave streams open after their last event
   */
  static async start(
    turns: readonly Turn[],
    { chunk, endless = false }: { chunk?: number | undefined; endless?: boolean } = {},
  ): Promise<ModelServer> {
    const server = new ModelServer(turns, chunk, endless);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(turn: Turn | undefined, response: ServerResponse): Promise<void> {
    if (turn === undefined || 'status' in turn) {
      const { status, body } = turn ?? { status: 404, body: { error: { message: 'no turn left' } } };
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const dropped = 'drop' in turn;
    for (const bytes of this.#pieces(dropped ? turn.events : turn)) {
      await new Promise<void>((resolve) => {
        response.write(bytes, () => resolve());
      });
    }
    if (dropped) response.socket?.end();
    else if (!this.endless) response.end();
  }

  /** The stream as it is written: an event at a time, or in pieces that disregard where events end. */
  #pieces(events: readonly unknown[]): Buffer[] {
    const encoded = events.map((event) => {
      const type = (event as { type?: string }).type;
      return Buffer.from(`${type === undefined ? '' : `event: ${type}\n`}data: ${JSON.stringify(event)}\n\n`);
    });
    if (this.chunk === undefined) return encoded;
    const size = this.chunk;
    const all = Buffer.concat(encoded);
    const count = Math.ceil(all.length / size);
    return Array.from({ length: count }, (_, index) => all.subarray(index * size, (index + 1) * size));
  }
}
