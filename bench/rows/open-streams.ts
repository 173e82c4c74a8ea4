import { drive } from '../load/drive.js';
import { percentile } from '../load/percentile.js';
import { slowStreams } from '../load/slow-streams.js';
import { BUSY } from './request-rows.js';
import type { Measure, Row } from './row.js';

/** More than so many are asked of our servers alone: each takes more than a minute. */
const MOST_OF_OTHERS = 1000;
/** Answers before, in which a server that has just been started compiles its code. */
const WARM_UP = { count: 300, deltas: 20 };

export const OPEN_STREAMS_ROW: Row = {
  name: 'C1',
  about:
    'many open streams of five deltas a second, of which 100 a second are begun; 5,000 are of one a second, in own and app alone',
  repeated: false,
  chatkit: false,
  fresh: true,
  parts: (sizes) => sizes.streams.map((count) => ({ ...sizes, streams: [count] })),
  async measure(server, _stage, { streams: [count = 0] }) {
    if (count > MOST_OF_OTHERS && !server.contestant.chatkit) return [];
    const answer = server.requests.create(WARM_UP.deltas);
    await drive({
      port: server.port,
      connections: BUSY,
      count: WARM_UP.count,
      request: () => answer,
      stream: true,
    });
    const { firstEvents, lateness, events, cpuSeconds, bytes } = await slowStreams(server, count);
    const of = `${count.toLocaleString('en')} streams`;
    return [
      { name: `memory per stream, ${of}`, unit: 'kB', value: bytes / 1000 / count, better: 'less' },
      { name: `CPU per event, ${of}`, unit: 'µs', value: (cpuSeconds * 1e6) / events, better: 'less' },
      ...([0.5, 0.99] as const).flatMap((part): Measure[] => [
        {
          name: `first event p${part * 100}, ${of}`,
          unit: 'ms',
          value: percentile(firstEvents, part),
          better: 'less',
        },
        {
          name: `lateness p${part * 100}, ${of}`,
          unit: 'ms',
          value: percentile(lateness, part),
          better: 'less',
        },
      ]),
    ];
  },
};
