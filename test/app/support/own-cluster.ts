import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../../src/embedded-postgres/embedded-postgres.js';
import { layDataFolder } from '../../support/data-folder.js';
import { makeScratch } from '../../support/scratch.js';
import { eventually } from './eventually.js';
import { freePort } from '../../support/free-port.js';

/** A durable PostgreSQL of a spec's own that is stopped and started while others use it. */
export class OwnCluster {
  private constructor(
    private readonly directory: string,
    private readonly server: EmbeddedPostgres,
    /** Stays the same from one start to the next. */
    readonly url: string,
  ) {}

  /** @param place an empty folder. Default: a new one */
  static async start(place?: string): Promise<OwnCluster> {
    const directory = place ?? (await makeScratch());
    await layDataFolder(directory);
    // nobody else is given the port while it is stopped
    const server = new EmbeddedPostgres({ directory, port: await freePort() });
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

  /** Stops the clocks of all its processes: it says nothing, and keeps every connection. @returns lets them go on */
  async freeze(): Promise<() => void> {
    const postmaster = await postgresPid(this.directory);
    if (postmaster === undefined) throw new Error('The database does not run');
    // the parent first: it makes and ends others all the time
    process.kill(postmaster, 'SIGSTOP');
    const processes = [postmaster, ...(await childrenOf(postmaster))];
    for (const pid of processes) signalIfThere(pid, 'SIGSTOP');
    return () => {
      for (const pid of processes) signalIfThere(pid, 'SIGCONT');
    };
  }

  /** Makes a standby of it when it starts again. */
  async becomeStandby(): Promise<void> {
    await writeFile(join(this.directory, 'postgres', 'standby.signal'), '');
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

/** A process of that name that another has started. */
export async function childOf(parent: number, name: string): Promise<number | undefined> {
  for (const pid of await childrenOf(parent)) {
    const found = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    if (found.trim() === name) return pid;
  }
  return undefined;
}

async function childrenOf(parent: number): Promise<number[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(all.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  // behind the name, which may hold anything: state and parent
  return all
    .map(Number)
    .filter((_, index) => / (\d+) /.exec(stats[index]?.split(') ').at(-1) ?? '')?.[1] === String(parent));
}

/** Whether a signal waits for that process, which stands still. */
export async function isSignalled(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return /^ShdPnd:\s*0*[1-9a-f]/m.test(status);
}

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it has ended by itself
  }
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
