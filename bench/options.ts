import { parseArgs } from 'node:util';
import type { Sizes } from './rows/row.js';

/** What the command line asks for. */
export interface Options {
  readonly rows: readonly string[] | undefined;
  readonly servers: readonly string[] | undefined;
  readonly rounds: number;
  /** Whether each row is measured once before, which is not counted. */
  readonly warm: boolean;
  readonly database: string | undefined;
  /** Folder for what is found. */
  readonly out: string;
  /** Whether the documents are to show what is found. */
  readonly write: boolean;
  /** Another checkout that has been built, whose servers are measured as well. */
  readonly beside: string | undefined;
  /** Folder for profiles of the servers, which slow them down. */
  readonly profile: string | undefined;
  readonly sizes: Sizes;
}

export const HELP = `npm run bench -- [options]

  --rows J1,S1          rows to measure; default: all
  --servers own,app     servers to measure; default: own,app,nest,raw, and python where the
                        interpreter named by BENCH_PYTHON (python3) has openai-chatkit, starlette,
                        uvicorn, asyncpg and pyjwt
  --rounds 4            rounds, in each of which every server is measured once
  --quick               one round with few requests on cold servers: whether the benchmark runs,
                        no figures
  --database URL        a PostgreSQL to use, as a role that may create databases and roles
  --out FOLDER          for table, figures and charts; default: dist/bench-report
  --write               puts them into docs/performance and docs/performance.md
  --beside FOLDER       another checkout, built, whose servers are own-beside and app-beside
  --profile FOLDER      keeps a profile of each server in each row there, with what it says in short
  --scale 0.5           factor of the requests of each measurement, and of the threads there are
  --streams 1000,5000   open streams of the row C1
  --threads 1000,…      threads of one member
  --tenants 1,100,…     tenants in the same tables
  --schemas 1,10,…      tenants with a schema each
`;

const USUAL: Sizes = {
  scale: 1,
  threads: 200,
  turns: 10,
  streams: [1000, 5000],
  longThread: 5000,
  threadCounts: [1000, 10_000, 100_000],
  tenants: [1, 100, 10_000],
  schemas: [1, 100, 1000, 10_000],
};
const QUICK: Sizes = {
  scale: 0.005,
  threads: 2,
  turns: 2,
  streams: [20],
  longThread: 100,
  threadCounts: [30, 60],
  tenants: [1, 3],
  schemas: [1, 2],
};

/** @throws TypeError naming an option that there is not, or a list without numbers */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      rows: { type: 'string' },
      servers: { type: 'string' },
      rounds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      database: { type: 'string' },
      out: { type: 'string' },
      write: { type: 'boolean', default: false },
      beside: { type: 'string' },
      profile: { type: 'string' },
      streams: { type: 'string' },
      threads: { type: 'string' },
      tenants: { type: 'string' },
      schemas: { type: 'string' },
      scale: { type: 'string' },
    },
  });
  if (values.help) return undefined;
  const usual = values.quick ? QUICK : USUAL;
  const scale = factor(values.scale);
  return {
    rows: values.rows?.split(','),
    servers: values.servers?.split(','),
    rounds: numbers('rounds', values.rounds)?.[0] ?? (values.quick ? 1 : 4),
    warm: !values.quick,
    database: values.database,
    out: values.out ?? (values.write ? 'docs/performance' : 'dist/bench-report'),
    write: values.write,
    beside: values.beside,
    profile: values.profile,
    sizes: {
      ...usual,
      scale: usual.scale * scale,
      threads: Math.max(2, Math.round(usual.threads * scale)),
      streams: numbers('streams', values.streams) ?? usual.streams,
      threadCounts: numbers('threads', values.threads) ?? usual.threadCounts,
      tenants: numbers('tenants', values.tenants) ?? usual.tenants,
      schemas: numbers('schemas', values.schemas) ?? usual.schemas,
    },
  };
}

function numbers(name: string, text: string | undefined): readonly number[] | undefined {
  const list = text?.split(',').map(Number);
  if (list?.some((each) => !Number.isSafeInteger(each) || each < 1)) {
    throw new TypeError(`--${name} takes whole numbers from 1`);
  }
  return list;
}

function factor(text = '1'): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new TypeError('--scale takes a number above 0');
}

/** @throws TypeError naming what there is not */
export function chosen<T extends { readonly name: string }>(
  all: readonly T[],
  names: readonly string[],
): readonly T[] {
  return names.map((name) => {
    const found = all.find((each) => each.name === name);
    if (found) return found;
    throw new TypeError(`There is no ${name}, only ${all.map((each) => each.name).join(', ')}`);
  });
}
