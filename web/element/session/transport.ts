import type { ChatKitRequest } from '../../../src/chatkit/core/wire/requests.js';
import { ChatKitFailure, failureOfStatus, isAbort } from './failure.js';
import { list, record, text } from './json.js';
import { parseJson, readServerEvents } from './sse.js';

export type Fetch = (url: string, init: RequestInit) => Promise<Response> | Response;

/** Where and how to send; read again for every request, because options change at any time. */
export interface Endpoint {
  readonly url: string;
  /** Called without `this`, as the page's own function. */
  readonly fetch: Fetch;
  readonly locale: string;
}

export interface WireRequest {
  readonly type: ChatKitRequest['type'];
  readonly params: Readonly<Record<string, unknown>>;
}

/** A file on its way to where the server wants it. */
export interface FileRequest {
  readonly url: string;
  readonly method: 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: FormData | Blob;
}

export interface TransportLimits {
  /** Milliseconds a plain request may take. */
  readonly requestTimeout: number;
  /** Milliseconds a stream may stay silent; heartbeats count as a sign of life. */
  readonly idleTimeout: number;
  /** Milliseconds an upload may take. */
  readonly uploadTimeout: number;
}

const DEFAULT_LIMITS: TransportLimits = {
  requestTimeout: 30_000,
  idleTimeout: 60_000,
  uploadTimeout: 900_000,
};
const MAX_ERROR_BODY = 20_000;

/** Sends ChatKit requests and turns every way they can fail into a ChatKitFailure. */
export class Transport {
  #answersKeptFor = 0;

  constructor(
    private readonly endpoint: () => Endpoint,
    private readonly instanceId: string,
    private readonly limits: TransportLimits = DEFAULT_LIMITS,
  ) {}

  /**
   * Milliseconds for which an answer of this server goes on when its stream is left, and a request alone stops it; 0 where
   * leaving stops it, or nothing is known yet.
   */
  get answersKeptFor(): number {
    return this.#answersKeptFor;
  }

  /** Takes the server's word on that from the headers of an answer or a thread. */
  learnFrom(headers: Headers): void {
    this.#answersKeptFor = keptFor(headers.get('chatkit-stop'));
  }

  /**
   * Sends a request that is answered with one JSON value.
   *
   * @param onHeaders is given the headers of the answer before it is read
   */
  async request(
    body: WireRequest,
    signal: AbortSignal,
    onHeaders?: (headers: Headers) => void,
  ): Promise<unknown> {
    const watch = new Watchdog(signal, this.limits.requestTimeout);
    try {
      const response = await this.#send(body, watch.signal);
      onHeaders?.(new Headers(response.headers));
      return parseJson(await response.text()) ?? {};
    } catch (thrown) {
      throw watch.explain(thrown, signal);
    } finally {
      watch.stop();
    }
  }

  /** Sends a request that is answered with a stream of events; a JSON answer counts as its events. */
  async *stream(
    body: WireRequest,
    signal: AbortSignal,
    onHeaders?: (headers: Headers) => void,
  ): AsyncGenerator<unknown, void, undefined> {
    const watch = new Watchdog(signal, this.limits.idleTimeout);
    try {
      const response = await this.#send(body, watch.signal);
      onHeaders?.(new Headers(response.headers));
      watch.touch();
      if (response.headers.get('content-type')?.includes('application/json')) {
        yield* eventsOfJson(parseJson(await response.text()));
      } else if (response.body) {
        yield* readServerEvents(response.body, () => watch.touch());
      }
    } catch (thrown) {
      throw watch.explain(thrown, signal);
    } finally {
      watch.stop();
    }
  }

  /** Sends a file with none of the chat's own headers, which a signed address does not allow. */
  async upload({ url, ...init }: FileRequest, signal: AbortSignal): Promise<unknown> {
    const watch = new Watchdog(signal, this.limits.uploadTimeout);
    try {
      const response = await this.#fetch(url, { ...init, signal: watch.signal });
      return parseJson(await response.text()) ?? {};
    } catch (thrown) {
      throw watch.explain(thrown, signal);
    } finally {
      watch.stop();
    }
  }

  #send(body: WireRequest, signal: AbortSignal): Promise<Response> {
    const { url, locale } = this.endpoint();
    return this.#fetch(url, {
      method: 'POST',
      headers: {
        // this client stops an answer by a request, so that one which its page has left may go on for a while; not a
        // header of its own, which servers on other sites would have to allow
        Accept: '*/*;stop=request',
        'Content-Type': 'application/json',
        'Accept-Language': locale,
        'chatkit-frame-instance-id': this.instanceId,
      },
      body: JSON.stringify(body),
      signal,
    });
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const { fetch } = this.endpoint();
    const response = await fetch(url, init);
    // A fetch function of the page can give anything back.
    if (typeof response !== 'object' || response === null || typeof response.status !== 'number') {
      throw new ChatKitFailure('server', 'api.fetch did not return a Response');
    }
    if (!response.ok) throw await failureOfResponse(response);
    return response;
  }
}

/** Reads `request`, which goes on to its end, or `request;within=MILLISECONDS`. */
function keptFor(header: string | null): number {
  const [, within = 'Infinity'] = /^request(?:;within=(\d{1,9}))?$/.exec(header ?? '') ?? ['', '0'];
  return Number(within);
}

function eventsOfJson(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return list(value);
  const answer = record(value);
  if (answer.updated_item !== undefined && answer.updated_item !== null) {
    return [{ type: 'thread.item.replaced', item: answer.updated_item }];
  }
  return typeof answer.type === 'string' ? [answer] : [];
}

async function failureOfResponse(response: Response): Promise<ChatKitFailure> {
  const body = await response.text().catch(() => '');
  const error = record(record(parseJson(body.slice(0, MAX_ERROR_BODY))).error);
  const serverCode = text(error.code);
  const message = text(error.message) ?? `The chat server answered ${response.status}`;
  return new ChatKitFailure(failureOfStatus(response.status, serverCode), message, {
    status: response.status,
    ...(serverCode === undefined ? {} : { serverCode }),
  });
}

/** Aborts a request that takes too long, and follows the caller's own signal. */
class Watchdog {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #expired = false;
  readonly #unlink: () => void;

  constructor(
    outer: AbortSignal,
    private readonly timeout: number,
  ) {
    const follow = (): void => this.#controller.abort(outer.reason);
    if (outer.aborted) follow();
    outer.addEventListener('abort', follow, { once: true });
    this.#unlink = () => outer.removeEventListener('abort', follow);
    this.touch();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#expired = true;
      this.#controller.abort();
    }, this.timeout);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#unlink();
  }

  /** The failure behind what fetch or the reader threw; an abort the caller asked for stays an abort. */
  explain(thrown: unknown, outer: AbortSignal): unknown {
    if (outer.aborted) return isAbort(thrown) ? thrown : new DOMException('Aborted', 'AbortError');
    if (thrown instanceof ChatKitFailure) return thrown;
    if (this.#expired)
      return new ChatKitFailure('network', 'The chat server stopped answering', { cause: thrown });
    const hint =
      thrown instanceof TypeError && /illegal invocation/i.test(thrown.message)
        ? 'api.fetch lost its `this`: pass (url, init) => fetch(url, init) instead of window.fetch'
        : 'The chat server could not be reached';
    return new ChatKitFailure('network', hint, { cause: thrown });
  }
}

/** One BCP-47 tag for the server; system locales such as `en-US@posix` lose what does not belong there. */
export function languageTag(locale: string): string {
  return /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*/i.exec(locale)?.[0] ?? 'en';
}
