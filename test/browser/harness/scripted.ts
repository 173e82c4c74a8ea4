import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PATIENCE_MS } from '../expect.js';
import type { Chat } from './harness.js';
import type { RecordedRequest } from './recorder.js';

type Body = NonNullable<RecordedRequest['body']>;
type Params = Body['params'];

/** Answers chat requests of that type from here on with JSON: a value, or what the function makes of each request. */
export async function answerJson(
  chat: Chat,
  type: string,
  give: unknown,
  { status = 200 }: { readonly status?: number } = {},
): Promise<void> {
  await settle(chat, type);
  await chat.page.route('**/chatkit', async (route) => {
    const body = route.request().postDataJSON() as Body;
    if (body.type !== type) {
      await route.fallback();
      return;
    }
    const json: unknown =
      typeof give === 'function' ? (give as (params: Params) => unknown)(body.params) : give;
    await route.fulfill({ status, json });
  });
}

/** The chat asks for no other list while it waits for the first one, which the server answers. */
async function settle(chat: Chat, type: string): Promise<void> {
  if (type === 'threads.list') await chat.answered(type);
}

/** Answers requests of that type with a failure, as often as said, and the server the ones after. */
export async function refuse(
  chat: Chat,
  type: string,
  status: number,
  { times = 1, body = '{}' }: { readonly times?: number; readonly body?: string } = {},
): Promise<void> {
  let left = times;
  await settle(chat, type);
  await chat.page.route('**/chatkit', async (route) => {
    if ((route.request().postDataJSON() as Body).type !== type || left === 0) {
      await route.fallback();
      return;
    }
    left -= 1;
    await route.fulfill({ status, contentType: 'application/json', body });
  });
}

/** An answer that the test writes bit by bit. */
export class OpenAnswer {
  constructor(
    readonly body: Body,
    private readonly response: ServerResponse,
    /** Resolves when the browser or the test has ended the connection. */
    readonly closed: Promise<void>,
  ) {}

  /** Sends events of the stream. */
  send(...events: readonly unknown[]): void {
    this.write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  }

  /** Sends anything at all. */
  write(text: string | Uint8Array): void {
    this.response.write(text);
  }

  /** Ends the answer in good order, with events before the end if there are any. */
  end(...events: readonly unknown[]): void {
    if (events.length > 0) this.send(...events);
    this.response.end();
  }

  /** Cuts the connection. */
  cut(): void {
    this.response.destroy();
  }
}

/** Answers to the requests of some types, held open until the test ends them. */
export class OpenAnswers {
  readonly #arrived: OpenAnswer[] = [];
  #waiting: (() => void) | undefined;

  private constructor(
    readonly origin: string,
    readonly close: () => Promise<void>,
  ) {}

  /** From here on the test answers the requests of these types itself. */
  static async hold(chat: Chat, ...types: readonly string[]): Promise<OpenAnswers> {
    let answers: OpenAnswers | undefined;
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(parts).toString()) as Body;
        const closed = new Promise<void>((resolve) => response.on('close', resolve));
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.flushHeaders();
        answers?.take(new OpenAnswer(body, response, closed));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    const held = new OpenAnswers(origin, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    answers = held;
    chat.atEnd(() => held.close());
    await chat.page.route('**/chatkit', async (route) => {
      const { type } = route.request().postDataJSON() as Body;
      if (types.includes(type)) await route.continue({ url: `${origin}/` });
      else await route.fallback();
    });
    return held;
  }

  take(answer: OpenAnswer): void {
    this.#arrived.push(answer);
    this.#waiting?.();
  }

  /** The next request, as soon as there is one; throws when none comes in time. */
  async next(): Promise<OpenAnswer> {
    const first = this.#arrived.shift();
    if (first) return first;
    await new Promise<void>((resolve, reject) => {
      const late = new Error('no request came to be answered');
      const limit = setTimeout(() => reject(late), PATIENCE_MS);
      this.#waiting = () => {
        clearTimeout(limit);
        resolve();
      };
    });
    return this.next();
  }
}
