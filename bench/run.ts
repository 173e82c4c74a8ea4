import { beside, CONTESTANTS, hasReference, USUAL, type Contestant } from './contestants.js';
import { Figures } from './figures.js';
import { chosen, type Options } from './options.js';
import { ROWS } from './rows/index.js';
import type { Measure, Row, Seeded, Sizes } from './rows/row.js';
import { seed } from './rows/seed.js';
import { Stage } from './stage.js';

export interface Found {
  readonly figures: Figures;
  readonly rows: readonly Row[];
  readonly servers: readonly Contestant[];
  /** What could not be measured, and why. */
  readonly failures: readonly string[];
  /** Version of PostgreSQL. */
  readonly postgres: string;
}

/** Starts the servers, keeps them warm side by side, and measures one after the other, round by round. */
export async function run(options: Options, say: (line: string) => void): Promise<Found> {
  const rows = chosen(ROWS, options.rows ?? ROWS.map(({ name }) => name));
  const more = options.beside === undefined ? [] : beside(options.beside);
  const servers = chosen(
    [...CONTESTANTS, ...more],
    options.servers ?? [...USUAL, ...(hasReference() ? ['python'] : []), ...more.map(({ name }) => name)],
  );
  const figures = new Figures();
  const failures: string[] = [];
  const stage = await Stage.open(options.database, options.profile);
  try {
    const running: Seeded[] = [];
    for (const contestant of servers) {
      say(`${contestant.name}: starting and filling`);
      running.push(await seed(await stage.start(contestant), options.sizes));
    }
    const repeated = rows.filter((row) => row.repeated);
    if (options.warm) {
      // until the servers' code is compiled for what they are asked
      for (const row of repeated) await measure(row, 'not counted', new Figures());
    }
    for (let round = 1; round <= options.rounds; round += 1) {
      for (const row of repeated) await measure(row, `round ${round} of ${options.rounds}`);
    }
    for (const row of rows.filter((each) => !each.repeated)) await measure(row, 'once');
    return { figures, failures, rows, servers, postgres: stage.cluster.version };

    async function measure(row: Row, when: string, into = figures): Promise<void> {
      for (const server of running.filter(({ contestant }) => contestant.chatkit || !row.chatkit)) {
        for (const sizes of row.parts?.(options.sizes) ?? [options.sizes]) {
          say(`${row.name}, ${server.contestant.name}, ${when}`);
          try {
            into.add(row.name, server.contestant.name, await measureOne(row, server, sizes));
          } catch (error) {
            // the other figures of a long run are not lost with it
            failures.push(`${row.name}, ${server.contestant.name}, ${when}: ${String(error)}`);
            say(failures.at(-1) ?? '');
          }
        }
      }
    }

    async function measureOne(row: Row, seeded: Seeded, sizes: Sizes): Promise<readonly Measure[]> {
      const { databaseUrl, contestant } = seeded;
      const fresh = row.fresh === true ? await stage.startOn(databaseUrl, contestant) : undefined;
      const server = { ...seeded, ...fresh };
      try {
        const profiled = await server.profiled(row.name);
        const found = await row.measure(server, stage, sizes);
        await profiled();
        return found;
      } finally {
        await fresh?.stop();
      }
    }
  } finally {
    await stage.close();
  }
}
