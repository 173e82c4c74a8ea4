import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { eventually } from '../../app/support/eventually.js';
import type { Account } from '../../../src/embedded-postgres/account.js';

/** A program of the distribution that runs in the foreground. */
export class Program {
  #output = '';

  private constructor(private readonly child: ChildProcess) {
    const collect = (chunk: Buffer): void => void (this.#output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  }

  /** Starts it, as that account, and waits until it listens. */
  static async start(
    command: string,
    args: readonly string[],
    port: number,
    account?: Account,
  ): Promise<Program> {
    const child = spawn(command, args, { ...account, stdio: ['ignore', 'pipe', 'pipe'] });
    const program = new Program(child);
    const failures: Error[] = [];
    child.once('error', (error) => failures.push(error));
    await eventually(`${command} listens`, async () => {
      if (failures.length > 0 || child.exitCode !== null) {
        throw new Error(`${command} ended: ${program.#output}`, { cause: failures[0] });
      }
      return listens(port);
    });
    return program;
  }

  get output(): string {
    return this.#output;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it and waits until it is gone. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}

/** Whether somebody takes connections on the port. */
async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
