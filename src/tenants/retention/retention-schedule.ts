import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '../../common/clock.js';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type { TenantRetention } from './tenant-retention.js';

/** Milliseconds after the start until the first look; an instance that starts again and again looks, too. */
const FIRST_MS = 60_000;

/** Has old threads looked for every now and then while the application runs; a look that fails is followed by the next. */
export class RetentionSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new ChatKitLogger(RetentionSchedule.name);
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    private readonly retention: Pick<TenantRetention, 'run'>,
    private readonly everyMs: number,
    private readonly clock: Pick<Clock, 'sleep'>,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#run(this.#stop.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (let pause = Math.min(FIRST_MS, this.everyMs); ; pause = this.everyMs) {
      await this.clock.sleep(pause, signal);
      if (signal.aborted) return;
      try {
        await this.retention.run(signal);
      } catch (error) {
        this.#logger.warn('old threads could not be looked for', { error });
      }
    }
  }
}
