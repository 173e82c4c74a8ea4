import { checkSignal, Listeners } from '../../src/common/signals/listeners.js';
import type { SignalListener, Signals } from '../../src/common/signals/signals.port.js';

/** Signals within one process, between several applications for instance. */
export class LocalSignals implements Signals {
  readonly isConnected = true;
  readonly #listeners = new Listeners();
  #last: Promise<void> = Promise.resolve();

  async publish(topic: string, message: string): Promise<boolean> {
    checkSignal(message);
    this.#last = this.#last.then(() => this.#listeners.tell(topic, message));
    await this.#last;
    return true;
  }

  subscribe(topic: string, listener: SignalListener): () => void {
    this.#listeners.add(topic, listener);
    return () => void this.#listeners.remove(topic, listener);
  }

  onConnected(): () => void {
    return () => undefined;
  }
}
