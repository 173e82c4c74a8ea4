import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A client that speaks bytes, for what no well-behaved client does. */
export class RawClient {
  /** Everything received so far. */
  text = '';
  closed = false;
  #waiting: (() => void) | undefined;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      this.text += chunk;
      this.#waiting?.();
    });
    socket.on('close', () => {
      this.closed = true;
      this.#waiting?.();
    });
    socket.on('error', () => undefined);
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  send(bytes: string | Uint8Array): this {
    this.socket.write(bytes);
    return this;
  }

  /** Sends a whole request as user u1. */
  post(body: unknown): this {
    return this.send(rawPost(JSON.stringify(body)));
  }

  /** Resolves once what was received satisfies `condition`; fails when the connection closes before. */
  async until(condition: (text: string) => boolean): Promise<string> {
    while (!condition(this.text)) {
      if (this.closed) throw new Error(`closed after ${JSON.stringify(this.text.slice(-500))}`);
      await this.#next();
    }
    return this.text;
  }

  /** Resolves with everything received once the connection is closed. */
  async untilClosed(): Promise<string> {
    while (!this.closed) await this.#next();
    return this.text;
  }

  leave(): void {
    this.socket.destroy();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }
}

/** The bytes of a request, with extra header lines. */
export function rawPost(body: string, ...headers: string[]): string {
  const framed = headers.some((line) => /^(content-length|transfer-encoding):/i.test(line))
    ? headers
    : [...headers, `Content-Length: ${Buffer.byteLength(body)}`];
  return [
    'POST /chatkit HTTP/1.1',
    'Host: test',
    'Authorization: Bearer u1',
    'Content-Type: application/json',
    ...framed,
    '',
    body,
  ].join('\r\n');
}
