import { tokenOf, type Member } from '../identity.js';

/** One request of the protocol, as the bytes that are sent. */
export type RequestBytes = Buffer;

/** Makes the requests of one member to one path. */
export class Requests {
  readonly #head: string;

  constructor(member: Member, path = '/chatkit') {
    this.#head =
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${tokenOf(member)}\r\n` +
      'Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n';
  }

  threads(after?: string): RequestBytes {
    return this.#of('threads.list', { limit: 20, order: 'desc', ...(after !== undefined && { after }) });
  }

  thread(thread_id: string): RequestBytes {
    return this.#of('threads.get_by_id', { thread_id });
  }

  items(thread_id: string, after?: string): RequestBytes {
    return this.#of('items.list', {
      thread_id,
      limit: 20,
      order: 'desc',
      ...(after !== undefined && { after }),
    });
  }

  /** A new thread, answered in so many deltas, a delay of milliseconds apart. */
  create(deltas: number, delay = 0): RequestBytes {
    return this.#of('threads.create', { input: input(deltas, delay) });
  }

  /** A further message, answered likewise. */
  say(thread_id: string, deltas: number, delay = 0): RequestBytes {
    return this.#of('threads.add_user_message', { thread_id, input: input(deltas, delay) });
  }

  #of(type: string, params: object): RequestBytes {
    const body = JSON.stringify({ type, params, metadata: {} });
    return Buffer.from(`${this.#head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }
}

function input(deltas: number, delay: number): object {
  const text = `bench deltas=${deltas} delay=${delay}`;
  return { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
}
