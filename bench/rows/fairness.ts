import { setTimeout as sleep } from 'node:timers/promises';
import { node } from '../contestants.js';
import { Connection } from '../load/connection.js';
import { percentile } from '../load/percentile.js';
import { LOAD_CORE } from '../machine/pinning.js';
import { StartedProcess } from '../machine/started-process.js';
import { times, type Measure, type Row, type Seeded } from './row.js';

const REQUESTS = 200;
const STREAMS = 2000;
const COUNT = 600;
/** Milliseconds from one answer to the next request of the quiet tenant. */
const PAUSE_MS = 10;
/** Milliseconds for which the flood goes on before anything is measured. */
const SETTLE_MS = 3000;

/** Milliseconds that a quiet tenant waits for each of its pages. */
async function quiet({ port, requests }: Seeded, count: number): Promise<readonly number[]> {
  const connection = await Connection.open(port);
  const list = requests.threads();
  const latencies: number[] = [];
  for (let index = -count / 6; index < count; index += 1) {
    const sent = performance.now();
    const { status, text } = await connection.send(list);
    if (status !== 200) throw new Error(`Answered ${status}: ${text.slice(0, 500)}`);
    if (index >= 0) latencies.push(performance.now() - sent);
    await sleep(PAUSE_MS);
  }
  connection.close();
  return latencies;
}

function waits(latencies: readonly number[], when: string): Measure[] {
  return ([0.5, 0.95] as const).map((part) => ({
    name: `\`threads.list\` of a quiet tenant p${part * 100}, ${when}`,
    unit: 'ms',
    value: percentile(latencies, part),
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
      const ratio = percentile(beside, 0.95) / percentile(alone, 0.95);
      return [
        ...waits(alone, 'alone'),
        ...waits(beside, 'beside a flood'),
        { name: 'p95 beside a flood, against alone', unit: '×', value: ratio, better: 'less' },
      ];
    } finally {
      await flood.stop();
    }
  },
};
