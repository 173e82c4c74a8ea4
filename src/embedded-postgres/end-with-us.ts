import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/** Its input ends without a line when the process that holds the other end has ended. */
const WATCH = 'read -r _ || kill -INT "$1"';

/**
 * Interrupts another process when ours ends without having stopped it, be it killed. A shell beside the two
 * sees to that, so that nothing here listens to signals: how our process ends is left to its application.
 * Where there is no such shell, only an end that Node notices counts.
 *
 * @returns lets go of the other process, which has ended or is not ours to end
 */
export function endWithUs(pid: number): () => void {
  const watcher = spawn('/bin/sh', ['-c', WATCH, 'sh', String(pid)], {
    // out of reach of a Ctrl-C, and of what else is sent to our group
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const { stdin } = watcher;
  const interrupt = (): void => sendSignal(pid, 'SIGINT');
  process.once('exit', interrupt);
  for (const part of [watcher, stdin]) part.on('error', () => undefined);
  watcher.unref();
  if (stdin instanceof Socket) stdin.unref();
  return () => {
    process.off('exit', interrupt);
    stdin.end('\n');
  };
}

/** Sends a signal to a process that may be gone by now. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone is what was wanted.
  }
}
