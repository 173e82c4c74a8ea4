import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { CHATKIT_SETTINGS, type ChatKitSettings } from '../chatkit.settings.js';
import type { TenantScope } from '../core/index.js';
import { EndpointError } from '../http/endpoint-error.js';

/** Milliseconds that streams told to stop are given to store what was seen of them. */
const STOP_GRACE_MS = 2000;
const RETRY_AFTER_SECONDS = '2';

/** How a stream can be ended from outside. */
export interface Stoppable {
  /** Asks it to end. */
  stop(): void;
  /** Cuts the client off. */
  kill(): void;
}

/** Knows every running stream: bounds their number and sees them to their end when the server stops. */
@Injectable()
export class StreamRegistry implements OnModuleDestroy, BeforeApplicationShutdown {
  readonly #running = new Map<Stoppable, Promise<unknown>>();
  readonly #perUser = new Map<string, number>();
  #closing = false;

  constructor(@Inject(CHATKIT_SETTINGS) private readonly settings: ChatKitSettings) {}

  /** Whether the server is about to stop and takes no more work. */
  get closing(): boolean {
    return this.#closing;
  }

  /** How many streams are running. */
  get size(): number {
    return this.#running.size;
  }

  /**
   * Runs `work` as a stream of `owner`.
   *
   * @throws EndpointError too_many_streams
   */
  async run(owner: TenantScope, stream: Stoppable, work: () => Promise<void>): Promise<void> {
    const key = JSON.stringify([owner.tenantId, owner.userId]);
    const own = this.#perUser.get(key) ?? 0;
    if (own >= this.settings.maxStreamsPerUser || this.#running.size >= this.settings.maxStreams) {
      throw new EndpointError('too_many_streams', 'Too many answers are being written at the same time', {
        'retry-after': RETRY_AFTER_SECONDS,
      });
    }
    this.#perUser.set(key, own + 1);
    const done = work();
    this.#running.set(stream, done);
    try {
      await done;
    } finally {
      this.#running.delete(stream);
      const left = (this.#perUser.get(key) ?? 1) - 1;
      if (left === 0) this.#perUser.delete(key);
      else this.#perUser.set(key, left);
    }
  }

  onModuleDestroy(): void {
    this.#closing = true;
  }

  /** Lets the streams end by themselves for a while, then stops them, then cuts them off. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#closing = true;
    if (await this.#ended(this.settings.drainTimeoutMs)) return;
    for (const stream of this.#running.keys()) stream.stop();
    if (await this.#ended(STOP_GRACE_MS)) return;
    for (const stream of this.#running.keys()) stream.kill();
  }

  async #ended(withinMs: number): Promise<boolean> {
    if (this.#running.size === 0) return true;
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), withinMs);
    const all = Promise.allSettled(this.#running.values()).then(() => true);
    const ended = await Promise.race([all, late.promise]);
    clearTimeout(timer);
    return ended;
  }
}
