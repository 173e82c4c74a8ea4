import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
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
/** As the documentation tells a host to begin; what is compiled lies with what it was compiled from. */
const COMPILED = fileURLToPath(new URL('.compile-cache', import.meta.url));
const FLAGS = ['--no-allocation-site-pretenuring'];
/** The image's own command has it. */
const AS_IN_THE_IMAGE = ['--max-semi-space-size=4'];
const IDENTITY = { AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, AUTH_JWT_SECRET: SECRET };

/** Runs a compiled file of this folder, or of the project, on this Node. @param build folder of another build */
export function node(
  file: string,
  env: Readonly<Record<string, string>>,
  { args = [], build = import.meta.url }: { readonly args?: readonly string[]; readonly build?: string } = {},
): Command {
  const path = fileURLToPath(new URL(file, build));
  return { program: process.execPath, args: [...args, path], env: { NODE_ENV: 'production', ...env } };
}

export function ownServer(
  { port, databaseUrl }: Place,
  env: Readonly<Record<string, string>> = {},
  options: { readonly args?: readonly string[]; readonly build?: string } = {},
): Command {
  const place = {
    PORT: String(port),
    CHATKIT_DATABASE_URL: databaseUrl,
    NODE_COMPILE_CACHE: COMPILED,
  };
  const args = [...FLAGS, ...(options.args ?? [])];
  return node('servers/own.js', { ...IDENTITY, ...place, ...env }, { ...options, args });
}

function application(
  { port, databaseUrl }: Place,
  model: Readonly<Record<string, string>>,
  build?: string,
): Command {
  const env = {
    ...IDENTITY,
    HOST: '127.0.0.1',
    PORT: String(port),
    CHATKIT_DATABASE_URL: databaseUrl,
    CHATKIT_TITLES: 'words',
    // connections of slow streams are there long before their requests
    CHATKIT_HEADERS_TIMEOUT_MS: '120000',
    CHATKIT_REQUEST_TIMEOUT_MS: '120000',
    ...model,
  };
  return node('../server/main.js', env, { args: AS_IN_THE_IMAGE, ...(build !== undefined && { build }) });
}

function withAgent(place: Place, build?: string): Command {
  const model = {
    OPENAI_API_KEY: 'sk-bench',
    OPENAI_BASE_URL: `http://127.0.0.1:${place.modelPort}/v1`,
    CHATKIT_TRACING: 'false',
  };
  return application(place, model, build);
}

function plain(file: string): Pick<Contestant, 'chatkit' | 'tables' | 'command'> {
  return {
    chatkit: false,
    tables: PLAIN_TABLES,
    command: ({ port, databaseUrl }) =>
      node(file, { PORT: String(port), DATABASE_URL: databaseUrl, NODE_COMPILE_CACHE: COMPILED }),
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
    name: 'own-calm',
    about: '`own` with the small young generation that the image has: `--max-semi-space-size=4`',
    chatkit: true,
    command: (place) => ownServer(place, {}, { args: AS_IN_THE_IMAGE }),
  },
  {
    name: 'app',
    about: 'the whole application with its agent, as in its image, and a model behind a local Responses API',
    chatkit: true,
    command: (place) => withAgent(place),
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

/** `own` and `app` as another checkout has built them, so that one run shows what a change brings. */
export function beside(checkout: string): readonly Contestant[] {
  const build = pathToFileURL(`${resolve(checkout, 'dist/bench')}/`).href;
  return [
    {
      name: 'own-beside',
      about: 'own, of the build beside',
      chatkit: true,
      command: (place) => ownServer(place, {}, { build }),
    },
    {
      name: 'app-beside',
      about: 'app, of the build beside',
      chatkit: true,
      command: (place) => withAgent(place, build),
    },
  ];
}

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
    ownServer(
      place,
      {},
      {
        args: ['--expose-gc', '--import', new URL('servers/heap-on-signal.js', import.meta.url).href],
      },
    ),
};
