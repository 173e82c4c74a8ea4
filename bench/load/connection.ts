import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.js';
import type { RequestBytes } from './requests.js';

export interface Answer {
  readonly status: number;
  /** The body, where it was to be kept. */
  readonly text: string;
}

export interface SendOptions {
  /** Is given the parts of the body as they come. */
  readonly onBody?: (part: Buffer) => void;
  /** Whether to give the body back. Default: only where the status is not 200. */
  readonly keep?: boolean;
}

/** One connection that is kept open, with one request at a time. */
export class Connection {
  readonly #reader = new AnswerReader();
  #waiting: { onBody: (part: Buffer) => void; end: () => void; fail: (error: Error) => void } | undefined;

  private constructor(private readonly socket: Socket) {
    const fail = (error: Error): void => this.#waiting?.fail(error);
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('The server has closed the connection')));
    socket.on('data', (bytes: Buffer) => {
      const waiting = this.#waiting;
      if (waiting !== undefined && this.#reader.feed(bytes, waiting.onBody)) waiting.end();
    });
  }

  /** @throws Error when nobody listens there */
  static async open(port: number): Promise<Connection> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  static openMany(port: number, count: number): Promise<Connection[]> {
    return Promise.all(Array.from({ length: count }, () => Connection.open(port)));
  }

  send(request: RequestBytes, { onBody, keep = false }: SendOptions = {}): Promise<Answer> {
    const kept: Buffer[] = [];
    return new Promise((resolve, reject) => {
      this.#waiting = {
        onBody: (part) => {
          if (keep || this.#reader.status !== 200) kept.push(part);
          onBody?.(part);
        },
        end: () => {
          this.#waiting = undefined;
          resolve({ status: this.#reader.status, text: Buffer.concat(kept).toString() });
        },
        fail: reject,
      };
      if (this.socket.destroyed) reject(new Error('The server has closed the connection'));
      else this.socket.write(request);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.socket.destroy();
  }
}
