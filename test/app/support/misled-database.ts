import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Changes the value of a statement on its way to the database; the length of a value cannot change. */
export type Misleading = (statement: string, value: string) => string;

export const honest: Misleading = (_statement, value) => value;

/** Stands before a database, and changes values of the statements that are sent to it. */
export interface MisledDatabase {
  readonly url: string;
  /** Values that were changed so far. */
  readonly changed: number;
  /** From now on, values are changed so. */
  mislead(how: Misleading): void;
  close(): Promise<void>;
}

const BIND = 'B';
const LENGTH = 4;

export async function startMisledDatabase(databaseUrl: string): Promise<MisledDatabase> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let how = honest;
  let changed = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const next = framed();
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
    upstream.on('data', (chunk) => client.write(chunk));
    client.on('data', (chunk) => {
      const messages = next(chunk);
      for (const message of messages) {
        if (message[0] === BIND.charCodeAt(0)) changed += rewrite(message, how);
      }
      upstream.write(Buffer.concat(messages));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    get changed() {
      return changed;
    },
    mislead: (misleading) => (how = misleading),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Cuts what a client sends into its messages; the first, the start-up, has no type byte. */
function framed(): (chunk: Buffer) => Buffer[] {
  let left = Buffer.alloc(0);
  let header = 0;
  return (chunk) => {
    left = Buffer.concat([left, chunk]);
    const messages: Buffer[] = [];
    while (left.length >= header + LENGTH) {
      const length = header + left.readInt32BE(header);
      if (left.length < length) break;
      messages.push(left.subarray(0, length));
      left = left.subarray(length);
      header = 1;
    }
    return messages;
  };
}

/** Changes the values of a Bind message in place. @returns how many */
function rewrite(message: Buffer, how: Misleading): number {
  const portalEnd = message.indexOf(0, 1 + LENGTH);
  const nameEnd = message.indexOf(0, portalEnd + 1);
  const statement = message.toString('utf8', portalEnd + 1, nameEnd);
  let at = nameEnd + 1;
  at += 2 + 2 * message.readInt16BE(at);
  let changed = 0;
  let values = message.readInt16BE(at);
  at += 2;
  for (; values > 0; values -= 1) {
    const length = message.readInt32BE(at);
    at += LENGTH;
    if (length < 0) continue;
    const value = message.toString('utf8', at, at + length);
    const other = how(statement, value);
    if (other !== value) {
      if (Buffer.byteLength(other) !== length) throw new Error(`${other} is not as long as ${value}`);
      message.write(other, at);
      changed += 1;
    }
    at += length;
  }
  return changed;
}
