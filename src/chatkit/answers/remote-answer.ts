import type { Signals } from '../../common/signals/signals.port.js';
import type { AnswerListener, Joinable } from '../core/stream/joined.js';
import { LEASE } from './passed-answer.js';
import { EventOpener } from './sealed-events.js';

/** Milliseconds that the other replica has to begin. */
const BEGINNING = 3000;

/** How the other replica is asked. */
export interface Asking {
  /** Asks it to begin, or after that to go on. */
  ask(topic: string, type: 'join' | 'stay' | 'leave'): Promise<boolean>;
}

/** An answer of another replica, which passes it on to whoever listens here. */
export class RemoteAnswer implements Joinable {
  constructor(
    private readonly signals: Signals,
    private readonly key: string,
    private readonly asking: Asking,
  ) {}

  listen(listener: AnswerListener): ReturnType<Joinable['listen']> {
    const topic = `join_${crypto.randomUUID().replaceAll('-', '')}`;
    const opener = new EventOpener(this.key, topic);
    const end = (): void => listener(undefined);
    let silence = setTimeout(end, BEGINNING).unref();
    const stay = setInterval(() => void this.asking.ask(topic, 'stay'), LEASE / 3).unref();
    const unsubscribe = this.signals.subscribe(topic, (piece) => {
      clearTimeout(silence);
      silence = setTimeout(end, LEASE).unref();
      try {
        for (const event of opener.open(piece)) listener(event);
      } catch {
        end();
      }
    });
    void this.asking.ask(topic, 'join').then((isSent) => isSent || end());
    const leave = (): void => {
      clearTimeout(silence);
      clearInterval(stay);
      unsubscribe();
      void this.asking.ask(topic, 'leave');
    };
    return { underWay: [], leave };
  }
}
