import { Connection } from './connection.js';
import type { RequestBytes } from './requests.js';

export interface Drive {
  readonly port: number;
  readonly connections: number;
  /** How many requests, over all connections. */
  readonly count: number;
  /** The bytes of the n-th request, from 0. */
  readonly request: (index: number) => RequestBytes;
  /** Whether answers are streams, whose events are counted. Default false. */
  readonly stream?: boolean;
}

export interface Driven {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds from sending to the end of each answer. */
  readonly latencies: readonly number[];
  /** Milliseconds from sending to the first bytes of each stream. */
  readonly firstEvents: readonly number[];
  readonly events: number;
}

const EVENT = Buffer.from('data: ');

/**
 * Sends requests in a closed loop: each connection sends its next when the last is answered.
 *
 * @throws Error at the first answer that is not 200, and at a stream without events
 */
export async function drive({ port, connections, count, request, stream = false }: Drive): Promise<Driven> {
  const open = await Connection.openMany(port, Math.min(connections, count));
  const latencies: number[] = [];
  const firstEvents: number[] = [];
  let next = 0;
  let events = 0;
  const start = performance.now();
  await Promise.all(
    open.map(async (connection) => {
      while (next < count) {
        const bytes = request(next);
        next += 1;
        let first = 0;
        let seen = 0;
        const sent = performance.now();
        const onBody = (part: Buffer): void => {
          first ||= performance.now();
          seen += eventsIn(part);
        };
        const { status, text } = await connection.send(bytes, stream ? { onBody } : {});
        latencies.push(performance.now() - sent);
        if (status !== 200) throw new Error(`Answered ${status}: ${text.slice(0, 500)}`);
        if (!stream) continue;
        if (seen === 0) throw new Error('A stream had no events');
        firstEvents.push(first - sent);
        events += seen;
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const connection of open) connection.close();
  return { requests: latencies.length, seconds, latencies, firstEvents, events };
}

/** Counts beginnings of events; one that two parts share is not seen, which is rare enough. */
function eventsIn(part: Buffer): number {
  let count = 0;
  for (let at = part.indexOf(EVENT); at >= 0; at = part.indexOf(EVENT, at + EVENT.length)) count += 1;
  return count;
}
