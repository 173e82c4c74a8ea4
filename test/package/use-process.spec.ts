import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { AppProcess, Scratch } from '../app/support/app-process.js';
import { ChatClient } from '../app/support/chat-client.js';
import { eventually } from '../app/support/eventually.js';
import { childOf, isSignalled } from '../app/support/own-cluster.js';
import { AUTH_ENV } from '../app/support/tokens.js';
import { writeReadmeApp } from './support/readme-app.js';

const ada = { tenant: 'acme', user: 'ada' };
/** Making a data folder takes long on a machine that has other things to do. */
const START_MS = 80_000;
jest.setTimeout(3 * START_MS);
/** How the signals end a process of Node that uses the Agents SDK and asks for no shutdown in order. */
const ENDS = [
  ['SIGTERM', 0],
  ['SIGINT', 130],
] as const;

describe('the process of an application as the README shows it, with the embedded database', () => {
  let scratch: Scratch;
  let app: AppProcess;

  const spawn = async (program?: string): Promise<AppProcess> => {
    const env = { ...AUTH_ENV, PORT: String(await freePort()) };
    return (app = AppProcess.spawn(scratch.directory, env, program));
  };

  const chatting = async (): Promise<ChatClient> => {
    const client = await ChatClient.of(app.url, ada);
    await eventually(
      'chat is up',
      async () => {
        const answer = await client.send({ type: 'threads.list', params: {} }).catch(() => undefined);
        return answer?.status === 200;
      },
      START_MS,
    );
    return client;
  };

  const databaseStops = (): Promise<boolean> =>
    eventually('no database is left behind', async () => (await scratch.postgres()) === undefined);

  /** Of a folder that is made while nobody looks only the end is seen; one of another start may lie there still. */
  const initialising = (): Promise<boolean> => {
    const own = new RegExp(`^postgres(?:\\..*\\b${app.pid}-|$)`);
    const isThere = async (): Promise<boolean> => (await foldersOf(scratch)).some((name) => own.test(name));
    return eventually('the data folder is being made', isThere, START_MS);
  };
  const initdb = (): Promise<number | undefined> => childOf(app.pid ?? 0, 'initdb');
  /** Has what makes the data folder stand still. @returns lets it go on */
  const frozen = async (): Promise<{ readonly pid: number; goOn(): void }> => {
    const pid = await eventually('the data folder is being made', initdb, START_MS);
    process.kill(pid, 'SIGSTOP');
    return { pid, goOn: () => void process.kill(pid, 'SIGCONT') };
  };

  describe('in a folder that stays', () => {
    let program: string;

    beforeAll(async () => {
      scratch = await Scratch.make();
      await mkdir(join(scratch.directory, '.env'));
      program = await writeReadmeApp(scratch.directory);
    });

    afterAll(async () => {
      await app?.dispose();
      await scratch?.remove();
    });

    it('ends while its data folder is being made, told to and killed, and a later start makes it', async () => {
      for (const [signal, code] of [ENDS[0], ['SIGKILL', null]] as const) {
        await spawn(program);
        await initialising();
        expect(await app.end(signal)).toMatchObject({ code });
      }
      await spawn(program);
      await chatting();
      expect((await foldersOf(scratch)).toSorted()).toEqual(['postgres']);
    });

    it('takes a folder named .env for no settings', async () => {
      // as the test before has left it, else a new one
      if (!app?.isRunning) await spawn(program);
      await chatting();
    });

    it('killed takes its database along, and finds what was said at its next start', async () => {
      if (!app?.isRunning) await spawn(program);
      const { threadId, items } = await (await chatting()).create('Hello');
      await app.end('SIGKILL');
      await databaseStops();
      await spawn(program);
      expect(await (await chatting()).allItems(threadId)).toEqual(items);
    });

    it.each(ENDS)('ends by %s, and its database with it', async (signal, code) => {
      if (!app?.isRunning) await spawn(program);
      await (await chatting()).create('Hello');
      expect(await app.end(signal)).toMatchObject({ code });
      await databaseStops();
    });
  });

  it('ends by a signal in order while its data folder is being made, where it asks for that', async () => {
    scratch = await Scratch.make();
    try {
      await spawn();
      const making = await frozen();
      // as soon as it listens to signals: before, it just ends
      await app.says('Listening on');
      const ending = app.end('SIGTERM');
      await eventually('the making is to end, too', () => isSignalled(making.pid));
      making.goOn();
      const ended = await ending;
      expect(ended).toMatchObject({ code: 0 });
      expect(await foldersOf(scratch)).toEqual([]);
      expect(ended.output).not.toMatch(/\b(?:WARN|ERROR|FATAL)\b/);
    } finally {
      await app.dispose();
      await scratch.remove();
    }
  });
});

/** The folders that hold a database, or the beginning of one. */
async function foldersOf({ directory }: Scratch): Promise<string[]> {
  const entries = await readdir(join(directory, '.data'), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
