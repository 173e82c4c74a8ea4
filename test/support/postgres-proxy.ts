import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What a client sent since the last reset. */
export interface Traffic {
  /** Times the client sent something and then waited for an answer. */
  roundTrips: number;
  /** Statements executed, BEGIN, COMMIT and the like included. */
  statements: number;
}

/** Stands between a client and its database, counts, and misbehaves when told to. */
export interface PostgresProxy {
  /** The database's URL, through the proxy. */
  readonly url: string;
  readonly traffic: Traffic;
  /** Texts of all statements that were prepared or sent as they are, over all connections. */
  readonly texts: ReadonlySet<string>;
  reset(): void;
  /** From now on nothing is passed on, on old and on new connections; nothing is refused either. */
  swallow(): void;
  /** Passes new connections on again; those that were swallowed stay dead. */
  passOn(): void;
  /** Cuts every connection. */
  cut(): void;
  close(): Promise<void>;
}

const LENGTH_BYTES = 4;
const EXECUTE = 'E';
const SIMPLE_QUERY = 'Q';
const PARSE = 'P';
const TERMINATE = 'X';

/** The message of a client that closes its connection, which may be idle for long by then, and waits for nothing. */
const isFarewell = (chunk: Buffer): boolean =>
  chunk.length === 1 + LENGTH_BYTES && chunk[0] === TERMINATE.charCodeAt(0);

export async function startProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const traffic: Traffic = { roundTrips: 0, statements: 0 };
  const texts = new Set<string>();
  const sockets = new Set<Socket>();
  const connections = new Set<{ dead: boolean }>();
  let swallowing = false;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const connection = { dead: swallowing };
    connections.add(connection);
    let answered = true;
    const count = countMessages(traffic, texts);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        connections.delete(connection);
        to.destroy();
      });
      from.on('data', (chunk: Buffer) => {
        if (connection.dead) return;
        if (from === client) {
          if (answered && !isFarewell(chunk)) traffic.roundTrips += 1;
          answered = false;
          count(chunk);
        } else answered = true;
        to.write(chunk);
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    traffic,
    texts,
    cut,
    reset: () => Object.assign(traffic, { roundTrips: 0, statements: 0 }),
    swallow() {
      swallowing = true;
      for (const connection of connections) connection.dead = true;
    },
    passOn: () => (swallowing = false),
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Follows the messages of one client; the first, the start-up, has no type byte. */
function countMessages(traffic: Traffic, texts: Set<string>): (chunk: Buffer) => void {
  let buffered = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    buffered = Buffer.concat([buffered, chunk]);
    for (;;) {
      const header = started ? 1 : 0;
      if (buffered.length < header + LENGTH_BYTES) return;
      const length = header + buffered.readInt32BE(header);
      if (buffered.length < length) return;
      const type = String.fromCharCode(buffered[0] ?? 0);
      if (started && (type === EXECUTE || type === SIMPLE_QUERY)) traffic.statements += 1;
      if (started && (type === PARSE || type === SIMPLE_QUERY)) {
        const strings = buffered.toString('utf8', header + LENGTH_BYTES, length).split('\0');
        texts.add(strings[type === PARSE ? 1 : 0] ?? '');
      }
      started = true;
      buffered = buffered.subarray(length);
    }
  };
}
