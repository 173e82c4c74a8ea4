import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AUDIENCE, ISSUER, SECRET } from './identity.js';
import type { Command } from './machine/started-process.js';
import { PLAIN_TABLES } from './servers/plain-tables.js';

/** Where a server under test is to listen, and what it may use. */
export interface Place {
  readonly port: number;
  readonly databaseUrl: string;
  readonly modelPort: number;
}

/** A server that is measured. */
export interface Contestant {
  readonly name: string;
  readonly about: string;
  /** Whether it keeps conversations in the tables of this project, which rows with much data write to. */
  readonly chatkit: boolean;
  /** Tables that its database has to have before it starts. */
  readonly tables?: string;
  readonly command: (place: Place) => Command;
}

const PYTHON = process.env['BENCH_PYTHON'] ?? 'python3';
const IDENTITY = { AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, AUTH_JWT_SECRET: SECRET };

/** Runs a compiled file of this folder, or of the project, on this Node. */
export function node(
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Command {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return { program: process.execPath, args: [...args, path], env: { NODE_ENV: 'production', ...env } };
}

export function ownServer(
  { port, databaseUrl }: Place,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Command {
  const place = { PORT: String(port), CHATKIT_DATABASE_URL: databaseUrl };
  return node('servers/own.js', { ...IDENTITY, ...place, ...env }, args);
}

function application({ port, databaseUrl }: Place, model: Readonly<Record<string, string>>): Command {
  return node('../server/main.js', {
    ...IDENTITY,
    HOST: '127.0.0.1',
    PORT: String(port),
    CHATKIT_DATABASE_URL: databaseUrl,
    CHATKIT_TITLES: 'words',
    ...model,
  });
}

function plain(file: string): Pick<Contestant, 'chatkit' | 'tables' | 'command'> {
  return {
    chatkit: false,
    tables: PLAIN_TABLES,
    command: ({ port, databaseUrl }) => node(file, { PORT: String(port), DATABASE_URL: databaseUrl }),
  };
}

export const CONTESTANTS: readonly Contestant[] = [
  {
    name: 'own',
    about: 'an application of a team with a `respond()` of its own, tokens and row-level security',
    chatkit: true,
    command: (place) => ownServer(place),
  },
  {
    name: 'app',
    about: 'the whole application with its agent, and a model behind a local Responses API',
    chatkit: true,
    command: (place) =>
      application(place, {
        OPENAI_API_KEY: 'sk-bench',
        OPENAI_BASE_URL: `http://127.0.0.1:${place.modelPort}/v1`,
        CHATKIT_TRACING: 'false',
      }),
  },
  {
    name: 'offline',
    about: 'the whole application with its agent, and the model that is part of it',
    chatkit: true,
    command: (place) => application(place, { CHATKIT_OFFLINE_BENCH: 'true', CHATKIT_OFFLINE_DELAY_MS: '0' }),
  },
  {
    name: 'nest',
    about: 'bare Nest, Express and TypeORM: no protocol, no tenants',
    ...plain('servers/nest.js'),
  },
  { name: 'raw', about: 'the limit: `node:http` and `pg` alone', ...plain('servers/raw.js') },
  {
    name: 'python',
    about: 'the Python reference on uvicorn and asyncpg, its store on plain tables',
    chatkit: false,
    tables: PLAIN_TABLES,
    command: ({ port, databaseUrl }) => ({
      program: PYTHON,
      // it is not compiled, and lies where the sources are
      args: [fileURLToPath(new URL('../../bench/servers/reference.py', import.meta.url))],
      env: { ...IDENTITY, PORT: String(port), DATABASE_URL: databaseUrl },
    }),
  },
];

/** Whether there is a Python that has the reference. */
export function hasReference(): boolean {
  const wanted = 'import asyncpg, chatkit, jwt, starlette, uvicorn';
  return spawnSync(PYTHON, ['-c', wanted], { stdio: 'ignore' }).status === 0;
}

/** What is measured unless the command line names others, besides the reference where it is there. */
export const USUAL = ['own', 'app', 'nest', 'raw'];

/** `own`, which tells how much its heap holds. */
export const SOAKED: Contestant = {
  name: 'own',
  about: 'an application of a team whose heap is watched',
  chatkit: true,
  command: (place) =>
    ownServer(place, {}, [
      '--expose-gc',
      '--import',
      new URL('servers/heap-on-signal.js', import.meta.url).href,
    ]),
};
