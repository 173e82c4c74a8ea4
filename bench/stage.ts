import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../src/embedded-postgres/free-port.js';
import { node, type Contestant } from './contestants.js';
import { Connection } from './load/connection.js';
import { Requests } from './load/requests.js';
import { Cluster, query } from './machine/cluster.js';
import { LOAD_CORE, SERVER_CORE } from './machine/pinning.js';
import { inspectable, profile } from './machine/profiler.js';
import { StartedProcess, type Command } from './machine/started-process.js';

/** A server under test that has been started. */
export interface Running {
  readonly contestant: Contestant;
  readonly databaseUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from its start to the first answer. */
  readonly startedIn: number;
  /** Bytes of its heap without garbage, where it can tell. */
  heapBytes(): Promise<number>;
  /** Begins a profile of that name, where profiles are asked for. @returns what ends it */
  profiled(name: string): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

const POLL_MS = 2;
const PATIENCE_MS = 180_000;
const ANYBODY = new Requests({ user: 'anybody', organisation: 'nobody' });

/** The database, the model and the servers of one run. */
export class Stage {
  readonly #processes = new Set<StartedProcess>();

  private constructor(
    readonly cluster: Cluster,
    private readonly modelPort: number,
    private readonly profiles: string | undefined,
  ) {}

  /** @param profiles folder for profiles of the servers; none are made without */
  static async open(databaseUrl: string | undefined, profiles?: string): Promise<Stage> {
    const modelPort = await freePort();
    const stage = new Stage(await Cluster.start(databaseUrl), modelPort, profiles);
    const model = node('servers/model.js', { PORT: String(modelPort) });
    stage.#processes.add(await StartedProcess.start(LOAD_CORE, model));
    return stage;
  }

  /** Starts a server on a database of its own, and waits until it answers. */
  async start(contestant: Contestant): Promise<Running> {
    const databaseUrl = await this.cluster.createDatabase();
    if (contestant.tables !== undefined) await query(databaseUrl, contestant.tables);
    return this.startOn(databaseUrl, contestant);
  }

  /** Starts a server on a database that is there, and waits until it answers. */
  async startOn(databaseUrl: string, contestant: Contestant): Promise<Running> {
    const port = await freePort();
    const { profiles } = this;
    const plain = contestant.command({ port, databaseUrl, modelPort: this.modelPort });
    const inspected = profiles === undefined ? undefined : await inspectable(plain);
    const command = inspected?.command ?? plain;
    const { process, milliseconds } = await this.#started(command, port);
    const stop = async (): Promise<void> => {
      this.#processes.delete(process);
      await process.stop();
    };
    const heapBytes = (): Promise<number> => process.heapBytes();
    const profiled: Running['profiled'] = async (name) =>
      profiles === undefined || inspected?.port === undefined
        ? async () => undefined
        : profile(inspected.port, join(profiles, `${name}-${contestant.name}`));
    const { pid } = process;
    return { contestant, databaseUrl, port, pid, startedIn: milliseconds, heapBytes, profiled, stop };
  }

  async #started(command: Command, port: number) {
    const start = performance.now();
    const process = await StartedProcess.start(SERVER_CORE, command);
    this.#processes.add(process);
    while (!(await answers(port))) {
      process.check();
      if (performance.now() - start > PATIENCE_MS) throw new Error('A server does not answer');
      await sleep(POLL_MS);
    }
    return { process, milliseconds: performance.now() - start };
  }

  async close(): Promise<void> {
    for (const process of this.#processes) await process.stop();
    await this.cluster.close();
  }
}

/** Whether the server there answers a request for threads. */
async function answers(port: number): Promise<boolean> {
  const connection = await Connection.open(port).catch(() => undefined);
  if (connection === undefined) return false;
  try {
    return (await connection.send(ANYBODY.threads())).status === 200;
  } catch {
    return false;
  } finally {
    connection.close();
  }
}
