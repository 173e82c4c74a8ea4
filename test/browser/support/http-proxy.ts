import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Where in the answer to a request the connection ends: with the first byte, after an event, or before the end. */
export type CutAt = 'headers' | 'end' | { readonly after: string };

/** Stands between a browser and the application, counts what is sent, and cuts connections when told to. */
export interface HttpProxy {
  readonly url: string;
  /** How often these words were sent, by whichever part of the browser. */
  sent(words: string): number;
  /**
   * Cuts the connection of the next request with these words, and every idle one at once.
   *
   * @param when passes nothing on from that place, and cuts once this has come; by default at once
   */
  cut(words: string, at: CutAt, when?: Promise<void>): void;
  close(): Promise<void>;
}

interface Order {
  readonly words: string;
  readonly at: CutAt;
  readonly when: Promise<void>;
}

const LAST_CHUNK = '\r\n0\r\n\r\n';
const EVENT_END = '\n\n';

/** @param port of the application, on this machine */
export async function startHttpProxy(port: number): Promise<HttpProxy> {
  const clients = new Set<Socket>();
  let asked = '';
  let pending: Order | undefined;

  const server = createServer((client) => {
    const upstream = connect(port, 'localhost');
    const close = (): void => {
      client.destroy();
      upstream.destroy();
    };
    let order: Order | undefined;
    let request = '';
    let answer = '';
    clients.add(client);
    client.on('data', (chunk: Buffer) => {
      request += chunk.toString('latin1');
      asked += chunk.toString('latin1');
      if (pending && request.includes(pending.words)) [order, pending] = [pending, undefined];
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      request = order ? request : '';
      const before = answer.length;
      answer = order ? answer + chunk.toString('latin1') : '';
      const at = order ? placeOf(order.at, answer) : -1;
      if (at === -1) client.write(chunk);
      else if (at >= before) {
        const { when } = order ?? {};
        client.write(chunk.subarray(0, at - before), () => void when?.then(close));
      }
    });
    for (const socket of [client, upstream]) socket.on('error', close).on('close', close);
    client.on('close', () => clients.delete(client));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const cutAll = (): void => {
    for (const client of clients) client.destroy();
  };
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    sent: (words) => asked.split(words).length - 1,
    cut(words, at, when = Promise.resolve()) {
      pending = { words, at, when };
      // a browser sends again by itself what it sent on a connection that had been idle
      cutAll();
    },
    async close() {
      cutAll();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Index of the first byte that must not pass, or -1 while it has not come. */
function placeOf(at: CutAt, answer: string): number {
  if (at === 'headers') return 0;
  if (at === 'end') return answer.indexOf(LAST_CHUNK);
  const found = answer.indexOf(at.after);
  const end = found === -1 ? -1 : answer.indexOf(EVENT_END, found);
  return end === -1 ? -1 : end + EVENT_END.length;
}
