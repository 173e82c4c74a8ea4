import { percentile } from '../load/percentile.js';
import { slowStreams } from '../load/slow-streams.js';
import type { Measure, Row } from './row.js';

export const OPEN_STREAMS_ROW: Row = {
  name: 'C1',
  about:
    'many open streams of five deltas a second, or of one where they are 5,000, of which 100 a second are begun',
  repeated: false,
  chatkit: false,
  async measure(server, _stage, { streams }) {
    const measures: Measure[] = [];
    for (const count of streams) {
      const { firstEvents, lateness, events, cpuSeconds, bytes } = await slowStreams(server, count);
      const of = `${count.toLocaleString('en')} streams`;
      measures.push(
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
      );
    }
    return measures;
  },
};
