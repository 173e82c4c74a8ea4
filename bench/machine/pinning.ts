import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The server under test has this core to itself. */
export const SERVER_CORE = 0;
/** The load, PostgreSQL and the model share this one. */
export const LOAD_CORE = 1;

export const CAN_PIN =
  availableParallelism() > 1 && spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status === 0;

/** The command that runs a program on one core; without `taskset`, or with a single core, anywhere. */
export function pinned(core: number, program: string, args: readonly string[]): [string, string[]] {
  return CAN_PIN ? ['taskset', ['-c', String(core), program, ...args]] : [program, [...args]];
}

/** Real-time, the lowest of those priorities. */
const FIRST = ['chrt', '--fifo', '1'] as const;
const CAN_GO_FIRST = spawnSync(FIRST[0], [...FIRST.slice(1), 'true'], { stdio: 'ignore' }).status === 0;

/** As `pinned`, and before all others of that core; where this user may not have that, beside them. */
export function ahead(core: number, program: string, args: readonly string[]): [string, string[]] {
  return CAN_GO_FIRST
    ? pinned(core, FIRST[0], [...FIRST.slice(1), program, ...args])
    : pinned(core, program, args);
}

/** Moves this process, and with it all that it starts from now on, to the core of the load. */
export function pinLoad(): void {
  if (CAN_PIN) spawnSync('taskset', ['-acp', String(LOAD_CORE), String(process.pid)], { stdio: 'ignore' });
}
