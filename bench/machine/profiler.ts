import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { freePort } from '../../src/embedded-postgres/free-port.js';
import { inShort, type Profile } from '../report/profile.js';
import type { Command } from './started-process.js';

const INTERVAL_US = 250;

/** The same command with an inspector, which profiles are asked of; without a port where it is no program of Node. */
export async function inspectable(
  command: Command,
): Promise<{ readonly command: Command; readonly port?: number }> {
  if (command.program !== process.execPath) return { command };
  const port = await freePort();
  return { command: { ...command, args: [`--inspect=127.0.0.1:${port}`, ...command.args] }, port };
}

/** Begins to profile the process with that inspector. @returns what ends it, and writes the profile and what it says in short */
export async function profile(port: number, file: string): Promise<() => Promise<void>> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Target[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  const ask = asker(socket);
  await ask('Profiler.enable');
  await ask('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await ask('Profiler.start');
  return async () => {
    const { profile: found } = (await ask('Profiler.stop')) as { readonly profile: Profile };
    socket.close();
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.cpuprofile`, JSON.stringify(found));
    await writeFile(`${file}.md`, inShort(found));
  };
}

interface Target {
  readonly webSocketDebuggerUrl: string;
}

function asker(socket: WebSocket): (method: string, params?: object) => Promise<unknown> {
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown };
    if (id !== undefined) waiting.get(id)?.(result);
  });
  let last = 0;
  return (method, params = {}) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}
