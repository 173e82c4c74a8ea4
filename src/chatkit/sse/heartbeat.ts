import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LinkedList } from '../../common/linked-list.js';
import { CHATKIT_SETTINGS, type ChatKitSettings } from '../chatkit.settings.js';

/** Something that wants to be called at a steady pace. */
export interface Beating {
  beat(): void;
}

/** One timer for all streams, running only while there are any. */
@Injectable()
export class Heartbeat implements OnApplicationShutdown {
  readonly #members = new LinkedList<Beating>();
  readonly #periodMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(@Inject(CHATKIT_SETTINGS) { heartbeatMs }: ChatKitSettings) {
    // a member is asked twice in the longest silence it may keep, since it may just have spoken
    this.#periodMs = Math.max(1, Math.floor(heartbeatMs / 2));
  }

  /** @returns what ends it */
  add(member: Beating): () => void {
    const leave = this.#members.add(member);
    this.#start();
    return () => {
      leave();
      if (this.#members.size === 0) this.#stop();
    };
  }

  onApplicationShutdown(): void {
    if (this.#members.size === 0) this.#stop();
  }

  #start(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => {
      for (const each of this.#members) each.beat();
    }, this.#periodMs);
    this.#timer.unref();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
