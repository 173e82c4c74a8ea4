import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Requests } from '../load/requests.js';
import { cpuSeconds, residentBytes } from '../machine/proc.js';
import { times, type Row } from './row.js';

const CLIENTS = 100;
/** More than the operating systems of both sides take for a client that does not read. */
const DELTAS = 100_000;
const ORGANISATIONS = 10;
const LOOK_MS = 1000;
/** Seconds of processor time in one look, below which a server is at rest: its clock has steps of ten milliseconds. */
const AT_REST = 0.05;
/** A server cuts them off in the end. */
const LOOKS = 25;

/** Asks for an answer, and reads none of it. */
async function mute(port: number, index: number): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  socket.on('error', () => undefined).pause();
  const member = { user: `mute-${index}`, organisation: `mute-${index % ORGANISATIONS}` };
  socket.write(new Requests(member).create(DELTAS));
  return socket;
}

export const UNREAD_STREAMS_ROW: Row = {
  name: 'unread',
  about: 'clients that read nothing of an answer of 100,000 deltas',
  repeated: false,
  chatkit: true,
  fresh: true,
  async measure({ port, pid }, _stage, { scale }) {
    const clients = times(CLIENTS, scale);
    const before = residentBytes(pid);
    const sockets = await Promise.all(Array.from({ length: clients }, (_, index) => mute(port, index)));
    let most = before;
    for (let look = 0; look < LOOKS; look += 1) {
      const spent = cpuSeconds(pid);
      await sleep(LOOK_MS);
      most = Math.max(most, residentBytes(pid));
      if (look > 0 && cpuSeconds(pid) - spent < AT_REST) break;
    }
    for (const socket of sockets) socket.destroy();
    const value = (most - before) / 1000 / clients;
    return [{ name: 'memory per client, garbage included', unit: 'kB', value, better: 'less' }];
  },
};
