import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type { Clock } from '../../common/clock.js';
import { ATTACHMENTS_CLOCK, ATTACHMENTS_OPTIONS, type AttachmentsOptions } from '../attachments.options.js';
import { Sweeper } from './sweeper.js';

/** Sweeps every now and then while the application runs; a sweep that fails is followed by the next. */
@Injectable()
export class SweepSchedule implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new ChatKitLogger('Attachments');
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    @Inject(Sweeper) private readonly sweeper: Pick<Sweeper, 'sweep'>,
    @Inject(ATTACHMENTS_OPTIONS) private readonly options: AttachmentsOptions,
    @Inject(ATTACHMENTS_CLOCK) private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#run(this.#stop.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (;;) {
      await this.clock.sleep(this.options.sweepMs, signal);
      if (signal.aborted) return;
      try {
        await this.sweeper.sweep();
      } catch (error) {
        this.#logger.warn('orphaned files could not be looked for', { error });
      }
    }
  }
}
