import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Whoever reads metrics asks every few seconds. */
const MAX_CONNECTIONS = 16;
const REQUEST_TIMEOUT_MS = 5000;

/** Serves `GET /metrics` and nothing else. @returns stops it */
export async function serveMetrics(
  { port, host }: { readonly port: number; readonly host: string | undefined },
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const [path] = (request.url ?? '').split('?', 1);
    if (request.method === 'GET' && path === '/metrics') answer(request, response);
    else response.writeHead(path === '/metrics' ? 405 : 404).end();
  });
  server.listen({ port, ...(host !== undefined && { host }) });
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
