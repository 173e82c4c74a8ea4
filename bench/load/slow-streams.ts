import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSeconds, residentBytes } from '../machine/proc.js';
import { Connection } from './connection.js';
import { Requests } from './requests.js';

export interface SlowStreams {
  /** Milliseconds from sending each request to the first bytes of its stream. */
  readonly firstEvents: readonly number[];
  /** Milliseconds by which deltas were late while all streams were open. */
  readonly lateness: readonly number[];
  /** Events and seconds of the server's processor time while all streams were open. */
  readonly events: number;
  readonly cpuSeconds: number;
  /** Bytes the server has more than with the same connections idle, at most. */
  readonly bytes: number;
}

/** Streams are begun at this rate, per second. */
const RATE = 100;
const DELAY_MS = 200;
/** Deltas a second of all streams together, beyond which a core is busy with them alone: so many streams have slower ones. */
const DELTAS = 5000;
/** Seconds for which all of them are open. */
const TOGETHER = 10;
const SAMPLE_MS = 250;
const SETTLE_MS = 1000;
/** So many that the limits of one user and of one organisation do not matter. */
const USERS = 250;
const ORGANISATIONS = 10;

const DUE = /"delta":"\[(\d+)\]/g;

/** Milliseconds between the deltas of each of so many streams. */
function delayOf(count: number): number {
  return Math.max(DELAY_MS, (count / DELTAS) * 1000);
}

/**
 * Opens so many streams, one after the other, and keeps them open together for a while.
 *
 * @throws Error when the first have ended before the last have begun, as a server does that cannot keep up
 */
export async function slowStreams(
  { port, pid }: { readonly port: number; readonly pid: number },
  count: number,
): Promise<SlowStreams> {
  const delay = delayOf(count);
  const deltas = Math.ceil((count / RATE + TOGETHER) * (1000 / delay));
  const connections = await Connection.openMany(port, count);
  await sleep(SETTLE_MS);
  const idle = residentBytes(pid);
  const firstEvents: number[] = [];
  const lateness: number[] = [];
  let most = idle;
  let together: { readonly cpu: number } | undefined;
  let open = 0;
  let spent = 0;
  let over = false;
  const sampler = setInterval(() => (most = Math.max(most, residentBytes(pid))), SAMPLE_MS);
  try {
    await Promise.all(
      connections.map(async (connection, at) => {
        await sleep((at * 1000) / RATE);
        let first = 0;
        const sent = performance.now();
        const onBody = (part: Buffer): void => {
          const now = performance.timeOrigin + performance.now();
          if (first === 0) opened();
          first ||= performance.now();
          if (together === undefined || over) return;
          for (const [, due] of part.toString('latin1').matchAll(DUE)) lateness.push(now - Number(due));
        };
        const { status, text } = await connection.send(requestOf(at).create(deltas, delay), { onBody });
        if (status !== 200) throw new Error(`Answered ${status}: ${text.slice(0, 500)}`);
        if (!over && together !== undefined) spent = cpuSeconds(pid) - together.cpu;
        over = true;
        firstEvents.push(first - sent);
      }),
    );
  } finally {
    clearInterval(sampler);
    for (const connection of connections) connection.close();
  }
  if (lateness.length === 0) throw new Error('The streams were never open together');
  return { firstEvents, lateness, events: lateness.length, cpuSeconds: spent, bytes: most - idle };

  function opened(): void {
    open += 1;
    if (open === count) together = { cpu: cpuSeconds(pid) };
  }
}

function requestOf(index: number): Requests {
  return new Requests({
    user: `slow-${index % USERS}`,
    organisation: `slow-${index % ORGANISATIONS}`,
  });
}
