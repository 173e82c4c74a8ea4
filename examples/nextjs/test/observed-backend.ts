import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came, and what became of it. */
export interface Seen {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** As far as it has come. */
  body: string;
  /** Resolves when its sender has gone before the answer was complete. */
  readonly abandoned: Promise<void>;
}

/** Stands in front of the backend's endpoint: passes everything on, and remembers it. */
export class ObservedBackend {
  readonly seen: Seen[] = [];
  /** How many of the next chat requests are refused as if their token had expired. */
  refuse = 0;
  /** What `authorization` may not be any more. */
  readonly expired = new Set<string | undefined>();
  readonly #server = createServer((request, response) => this.#pass(request, response));

  constructor(private readonly backend: string) {}

  get url(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    this.#server.listen(0, 'localhost');
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const { url = '/', method, headers } = request;
    if (method === 'POST') {
      const abandoned = new Promise<void>((resolve) => {
        response.on('close', () => {
          if (!response.writableFinished) resolve();
        });
      });
      const seen: Seen = { path: url, headers, body: '', abandoned };
      this.seen.push(seen);
      request.on('data', (chunk: Buffer) => void (seen.body += chunk.toString()));
      if (this.refuse > 0 || this.expired.has(headers.authorization)) {
        this.refuse = Math.max(0, this.refuse - 1);
        request.resume();
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end('{"error":{"code":"unauthorized","message":"The token has expired"}}');
        return;
      }
    }
    const onward = send(new URL(url, this.backend), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}
