import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { node } from '../contestants.js';
import { ahead, LOAD_CORE } from '../machine/pinning.js';
import { StartedProcess } from '../machine/started-process.js';
import { times, type Measure, type Row, type Seeded } from './row.js';

const REQUESTS = 200;
const STREAMS = 2000;
const COUNT = 600;
/** Milliseconds for which the flood goes on before anything is measured. */
const SETTLE_MS = 3000;

/** Milliseconds that a quiet tenant waits for its pages. */
interface Waits {
  readonly p50: number;
  readonly p95: number;
}

/** A tenant is not on the machine of another: it has a process of its own, and the core as soon as it wants it. */
async function quiet({ port }: Seeded, count: number): Promise<Waits> {
  const { program, args } = node('load/quiet.js', {});
  const [file, list] = ahead(LOAD_CORE, program, [...args, String(port), String(count)]);
  const { stdout } = await promisify(execFile)(file, list);
  const [p50 = 0, p95 = 0] = stdout.split(' ').map(Number);
  return { p50, p95 };
}

function measures({ p50, p95 }: Waits, when: string): Measure[] {
  return Object.entries({ p50, p95 }).map(([part, value]) => ({
    name: `\`threads.list\` of a quiet tenant ${part}, ${when}`,
    unit: 'ms',
    value,
    better: 'less',
  }));
}

export const FAIRNESS_ROW: Row = {
  name: 'fair',
  about: 'a quiet tenant beside one that keeps 200 requests and 2,000 streams going',
  repeated: false,
  chatkit: true,
  async measure(server, _stage, { scale }) {
    const [requests, streams] = [times(REQUESTS, scale), times(STREAMS, scale)];
    const count = times(COUNT, scale);
    const alone = await quiet(server, count);
    const order = [server.port, requests, streams].map(String);
    const { program, args, env } = node('load/flood.js', {});
    const flood = await StartedProcess.start(LOAD_CORE, { program, args: [...args, ...order], env });
    try {
      await flood.said('going');
      await sleep(SETTLE_MS * Math.min(1, scale));
      const beside = await quiet(server, count);
      flood.check();
      return [
        ...measures(alone, 'alone'),
        ...measures(beside, 'beside a flood'),
        {
          name: 'p95 beside a flood, against alone',
          unit: '×',
          value: beside.p95 / alone.p95,
          better: 'less',
        },
      ];
    } finally {
      await flood.stop();
    }
  },
};
