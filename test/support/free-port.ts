import { once } from 'node:events';
import { createServer } from 'node:net';

/** Where no operating system looks for a port that somebody asks it for, so that nobody else is given one of ours. */
const FIRST_PORT = 11_000;
const PORTS = 20_000;
/** Each process of a run begins elsewhere, and more ports apart than one of them takes. */
let lastPort = (process.pid * 1009) % PORTS;

/** A port nobody listens on, and that nobody else is told of. */
export async function freePort(): Promise<number> {
  for (;;) {
    lastPort = (lastPort + 1) % PORTS;
    // others ask while this one is tried
    const port = FIRST_PORT + lastPort;
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port), 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
