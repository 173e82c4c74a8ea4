/** Whether chat can be used, and when not, why. */
export interface Availability {
  readonly status: 'checking' | 'up' | 'down' | 'disabled';
  readonly reason?: string;
}

export interface AvailabilityPorts {
  /** Answers with the body of the readiness check, or rejects when there is none. */
  readonly check: () => Promise<unknown>;
  /** Calls back after so many milliseconds; the returned function cancels. */
  readonly later: (call: () => void, milliseconds: number) => () => void;
}

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;
const MAX_REASON = 200;

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** Reads the chat part of a readiness answer; without one, chat counts as up when the whole does. */
export function readHealth(value: unknown): Availability {
  const body = object(value);
  const chat = object(
    object(body.details).chatkit ?? object(body.error).chatkit ?? object(body.info).chatkit,
  );
  const state = chat.state ?? chat.status ?? (body.status === 'ok' ? 'up' : 'down');
  if (state === 'up') return { status: 'up' };
  const status = state === 'disabled' ? 'disabled' : 'down';
  return typeof chat.reason === 'string' ? { status, reason: chat.reason.slice(0, MAX_REASON) } : { status };
}

/**
 * Knows whether chat is available. Looks once at the start; after that it asks again, ever more slowly, only
 * while chat is away.
 */
export class AvailabilityMonitor {
  #current: Availability = { status: 'checking' };
  #delay = FIRST_DELAY;
  #cancel: (() => void) | undefined;
  #asking = false;
  #stopped = false;
  readonly #listeners = new Set<() => void>();

  constructor(private readonly ports: AvailabilityPorts) {}

  get current(): Availability {
    return this.#current;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins, or begins again after `stop`. */
  start(): void {
    this.#stopped = false;
    void this.#ask();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** The chat server itself said that chat is away. */
  reportDown(): void {
    if (this.#current.status === 'up') this.#show({ status: 'down' });
    if (this.#current.status !== 'up' && !this.#asking && !this.#cancel) this.#again();
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const found = await this.ports.check().then(readHealth, (): Availability => ({ status: 'down' }));
    this.#asking = false;
    if (this.#stopped) return;
    this.#show(found);
    if (found.status === 'up') this.#delay = FIRST_DELAY;
    else this.#again();
  }

  #again(): void {
    if (this.#stopped) return;
    this.#cancel?.();
    this.#cancel = this.ports.later(() => {
      this.#cancel = undefined;
      void this.#ask();
    }, this.#delay);
    this.#delay = Math.min(LONGEST_DELAY, this.#delay * 2);
  }

  #show(next: Availability): void {
    if (next.status === this.#current.status && next.reason === this.#current.reason) return;
    this.#current = next;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * The monitor of a browser page.
 *
 * @param url the readiness check, such as `/health/ready` of the chat's server
 */
export function browserMonitor(url: string): AvailabilityMonitor {
  return new AvailabilityMonitor({
    check: async () => {
      const response = await fetch(url, { headers: { Accept: 'application/json' }, cache: 'no-store' });
      return response.json();
    },
    later: (call, milliseconds) => {
      const timer = setTimeout(call, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
