import { Connection, type PoolClient } from 'pg';

/** What the driver's types leave out. */
interface Canceller {
  readonly stream: { destroy(): void };
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
  on(event: 'connect' | 'sslconnect' | 'end' | 'error', listener: () => void): void;
}

interface Cancellable {
  readonly processID: number;
  readonly secretKey: number;
  readonly sslNegotiation?: 'postgres' | 'direct';
}

/** Milliseconds after which the server is not waited for. */
const TIMEOUT = 2000;

/**
 * Asks the server to end the statement that the connection is busy with, over a connection of its own, as encrypted
 * as that one. Nothing happens where it is at rest.
 *
 * @returns once the server has passed it on, so that no later statement is met; or could not be asked
 */
export async function sendCancelRequest(client: PoolClient): Promise<void> {
  const { host, port, ssl } = client;
  const { processID, secretKey, sslNegotiation = 'postgres' } = client as unknown as Cancellable;
  const config = { ssl, sslNegotiation };
  const canceller = new Connection(config) as unknown as Canceller;
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const send = (): void => canceller.cancel(processID, secretKey);
  canceller.on('connect', () => {
    if (!ssl) send();
    else if (sslNegotiation === 'postgres') canceller.requestSsl();
  });
  canceller.on('sslconnect', send);
  // the server closes it when it has passed the request on
  canceller.on('end', resolve);
  canceller.on('error', resolve);
  const timer = setTimeout(resolve, TIMEOUT);
  if (host.startsWith('/')) canceller.connect(`${host}/.s.PGSQL.${port}`);
  else canceller.connect(port, host);
  await ended;
  clearTimeout(timer);
  canceller.stream.destroy();
}
