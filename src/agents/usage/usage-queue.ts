import { randomUUID } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { UnavailableError } from '../../chatkit/core/index.js';
import { nameOf } from '../../common/name-of.js';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import { withinTime } from '../../common/within-time.js';
import { RegisteredProviders } from '../../common/discovery/registered-providers.js';
import { CHATKIT_USAGE_RECORDER } from '../tokens.js';
import type { AnswerUsage, UsageRecorder } from './answer-usage.js';

const LIMIT = 10_000;
const FLUSH_MS = 5000;
const RETRY_MS = 500;

/**
 * Hands what answers cost to the application's recorder, one at a time and after the answers: nobody waits for
 * it. While the recorder's store is away, all wait; what cannot be kept is logged and lost.
 */
@Injectable()
export class UsageQueue implements OnModuleInit, BeforeApplicationShutdown {
  readonly #logger = new ChatKitLogger(UsageQueue.name);
  readonly #waiting: AnswerUsage[] = [];
  #recorder: UsageRecorder | undefined;
  readonly #closing = new AbortController();
  #draining: Promise<void> | undefined;
  /** Of a row of failures, only the first is logged. */
  #failing = false;

  constructor(private readonly providers: RegisteredProviders) {}

  onModuleInit(): void {
    this.#recorder = this.providers.find(CHATKIT_USAGE_RECORDER) as UsageRecorder | undefined;
  }

  /** At most 10,000 wait; more are dropped. */
  add(usage: Omit<AnswerUsage, 'id'>): void {
    if (this.#recorder === undefined) return;
    if (this.#waiting.length >= LIMIT) {
      this.#failed('queue full');
      return;
    }
    this.#waiting.push({ id: randomUUID(), ...usage });
    this.#draining ??= this.#drain(this.#recorder);
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.end();
  }

  /** Hands over what waits, and waits no longer for a store that is away. */
  async end(): Promise<void> {
    this.#closing.abort();
    await this.flush();
  }

  /** Resolves when everything added so far is handed over, or when that takes longer than five seconds. */
  async flush(): Promise<void> {
    const never = new AbortController().signal;
    await withinTime(FLUSH_MS, never, async () => this.#draining).catch(() => this.#failed('shutdown'));
  }

  async #drain(recorder: UsageRecorder): Promise<void> {
    // the stream that this is about ends first
    await setImmediate();
    for (let usage = this.#waiting.shift(); usage !== undefined; usage = this.#waiting.shift()) {
      try {
        await this.#record(usage, recorder);
        this.#failing = false;
      } catch (error) {
        this.#failed(nameOf(error));
      }
    }
    this.#draining = undefined;
  }

  /** Records it, again and again while the recorder's store is away and the application runs. */
  async #record(usage: AnswerUsage, recorder: UsageRecorder): Promise<void> {
    for (;;) {
      try {
        return await recorder.record(usage);
      } catch (error) {
        if (!(error instanceof UnavailableError) || this.#closing.signal.aborted) throw error;
        this.#logger.debug('the usage of an answer waits for its store', { waiting: this.#waiting.length });
        await setTimeout(RETRY_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
  }

  #failed(reason: string): void {
    if (!this.#failing) this.#logger.warn('the usage of answers could not be kept', { reason });
    this.#failing = true;
  }
}
