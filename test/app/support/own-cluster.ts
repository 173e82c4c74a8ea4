import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../../src/embedded-postgres/embedded-postgres.js';
import { makeScratch } from '../../support/scratch.js';
import { eventually } from './eventually.js';

/** A durable PostgreSQL of a spec's own that is stopped and started while others use it. */
export class OwnCluster {
  private constructor(
    private readonly directory: string,
    private readonly server: EmbeddedPostgres,
    /** Stays the same from one start to the next. */
    readonly url: string,
  ) {}

  static async start(): Promise<OwnCluster> {
    const directory = await makeScratch();
    const server = new EmbeddedPostgres({ directory });
    return new OwnCluster(directory, server, await server.ensureRunning());
  }

  /** Stops it in order, as an administrator would in a hurry. */
  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Ends it at once, without a last word to anybody and without a checkpoint. */
  async kill(): Promise<void> {
    const pid = await postgresPid(this.directory);
    if (pid === undefined) throw new Error('The database does not run');
    process.kill(pid, 'SIGQUIT');
    await eventually('the database is gone', async () => !(await isAlive(pid)));
  }

  async startAgain(): Promise<void> {
    const url = await this.server.ensureRunning();
    if (url !== this.url) throw new Error(`The database came back at ${url}`);
  }

  async remove(): Promise<void> {
    await this.server.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Process of the PostgreSQL whose files are in that directory; undefined when there is no lock. */
export async function postgresPid(directory: string): Promise<number | undefined> {
  const lock = await readFile(join(directory, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  return Number.parseInt(lock, 10) || undefined;
}

/** Whether that process runs, zombies aside. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return !stat.includes(') Z ');
}
