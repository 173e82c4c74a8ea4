import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CHEAP, childEnvironment } from '../../support/child-environment.js';
import { layDataFolder } from '../../support/data-folder.js';
import { makeScratch } from '../../support/scratch.js';
import { eventually } from './eventually.js';
import { isAlive, postgresPid } from './own-cluster.js';
import { statusOf } from './running-app.js';

const MAIN = join(import.meta.dirname, '../../../dist/server/main.js');

/** A start takes long on a machine that has other things to do. */
const START_MS = 60_000;
/** What loading it takes at least: to look sooner costs more than it gains. */
const LOADING_MS = 300;

/** How a process ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Everything it wrote. */
  readonly output: string;
}

/** The built application as a process of its own. */
export class AppProcess {
  #output = '';
  readonly #end: Promise<End>;

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    const collect = (chunk: Buffer): void => void (this.#output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.#end = once(child, 'close').then(([code, signal]) => {
      return { code: code as End['code'], signal: signal as End['signal'], output: this.#output };
    });
  }

  /**
   * Starts it, or another program that is an application, in `directory`, with these variables and no others,
   * without waiting for anything.
   */
  static spawn(directory: string, env: Record<string, string>, program = MAIN): AppProcess {
    if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: build first, with npm run build`);
    const child = spawn(process.execPath, [...CHEAP, program], {
      cwd: directory,
      env: { ...childEnvironment(), CHATKIT_OFFLINE_DELAY_MS: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new AppProcess(child, `http://localhost:${env['PORT'] ?? '3000'}`);
  }

  /** Starts it and waits until it answers. */
  static async start(directory: string, env: Record<string, string>): Promise<AppProcess> {
    const app = AppProcess.spawn(directory, env);
    await eventually(
      'the application answers',
      async () => {
        if (app.child.exitCode !== null) throw new Error(`It ended: ${app.soFar}`);
        return (await statusOf(`${app.url}/health/live`)) === 200;
      },
      START_MS,
      LOADING_MS,
    );
    return app;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** What it has written that has come: more may be under way, so it is looked at by `eventually()`, or `says()`. */
  get soFar(): string {
    return this.#output;
  }

  /** Waits until it has written this. */
  async says(text: string | RegExp): Promise<void> {
    await eventually(
      `the process says ${String(text)}`,
      () => (typeof text === 'string' ? this.#output.includes(text) : text.test(this.#output)),
      START_MS,
    ).catch((cause: unknown) => {
      throw new Error(`It says otherwise: ${this.#output}`, { cause });
    });
  }

  /** Sends a signal and waits for the end. */
  async end(signal: NodeJS.Signals): Promise<End> {
    this.child.kill(signal);
    return this.ended();
  }

  /** Waits for it to end by itself. */
  ended(): Promise<End> {
    return this.#end;
  }

  /** Sees to it that it does not outlive its test. */
  async dispose(): Promise<void> {
    if (this.isRunning) await this.end('SIGKILL');
  }
}

/** A folder to start applications in. */
export class Scratch {
  private constructor(readonly directory: string) {}

  static async make(): Promise<Scratch> {
    return new Scratch(await makeScratch());
  }

  /** One with a data folder of the embedded database, which has no tables yet. */
  static async withData(): Promise<Scratch> {
    const scratch = await Scratch.make();
    await layDataFolder(join(scratch.directory, '.data'));
    return scratch;
  }

  /** Process of the embedded database that runs in it, if one does. */
  async postgres(): Promise<number | undefined> {
    const pid = await postgresPid(join(this.directory, '.data'));
    return pid !== undefined && (await isAlive(pid)) ? pid : undefined;
  }

  /** Ends what still runs in it, and removes it. */
  async remove(): Promise<void> {
    const pid = await this.postgres();
    if (pid !== undefined) {
      process.kill(pid, 'SIGQUIT');
      await eventually('the embedded database is gone', async () => !(await isAlive(pid)));
    }
    // what was killed while it made a data folder may still be writing
    await rm(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
