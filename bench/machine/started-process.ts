import { spawn, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { pinned } from './pinning.js';

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const LOG_TAIL = 4000;
const HEAP_TIMEOUT_MS = 30_000;
const SAID_TIMEOUT_MS = 120_000;
const SAID_POLL_MS = 20;
const STOP_TIMEOUT_MS = 5000;

/** A process on a core of its own, that ends with us. */
export class StartedProcess {
  readonly pid: number;
  #log = '';

  private constructor(private readonly child: ChildProcess) {
    this.pid = child.pid ?? 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#log = (this.#log + text).slice(-LOG_TAIL);
      });
    }
  }

  /** @throws Error when there is no such program */
  static async start(core: number, { program, args, env }: Command): Promise<StartedProcess> {
    const [file, list] = pinned(core, program, args);
    const path = process.env['PATH'] ?? '';
    const child = spawn(file, list, { env: { PATH: path, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    await once(child, 'spawn');
    const end = (): void => void child.kill('SIGKILL');
    process.once('exit', end);
    child.once('exit', () => process.off('exit', end));
    return new StartedProcess(child);
  }

  /** @throws Error with its last words when it has ended */
  check(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) return;
    throw new Error(`A server has ended:\n${this.#log}`);
  }

  /** Resolves once it has said so. @throws Error with its last words when it ends before, or takes too long */
  async said(word: string): Promise<void> {
    const deadline = performance.now() + SAID_TIMEOUT_MS;
    while (!this.#log.includes(word)) {
      this.check();
      if (performance.now() > deadline) throw new Error(`In vain: ${word}`);
      await sleep(SAID_POLL_MS);
    }
  }

  /** Bytes of its heap without garbage; of a server that `heap-on-signal` was loaded into. */
  async heapBytes(): Promise<number> {
    const { stdout } = this.child;
    if (stdout === null) throw new Error('A server has no output');
    this.child.kill('SIGWINCH');
    for await (const [text] of on(stdout, 'data', { signal: AbortSignal.timeout(HEAP_TIMEOUT_MS) })) {
      const found = /^heap (\d+) bytes$/m.exec(String(text))?.[1];
      if (found !== undefined) return Number(found);
    }
    throw new Error('A server has ended');
  }

  /** Lets it end by itself, which is when Node keeps what it has compiled for the next start, and ends it after a while. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    this.child.kill('SIGTERM');
    await once(this.child, 'exit');
    clearTimeout(timer);
  }
}
