import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ChatRequest {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Answers a chat request itself and says so, or leaves it to the application. */
export type ChatAnswer = (request: ChatRequest, response: ServerResponse) => boolean;

/** Stands before the application and answers chat requests as a test wants, at the pace that it wants. */
export interface ScriptedFront {
  readonly url: string;
  answer: ChatAnswer;
  close(): Promise<void>;
}

/** @param port of the application, on this machine */
export async function startScriptedFront(port: number): Promise<ScriptedFront> {
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const front: ScriptedFront = {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    answer: () => false,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return front;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    if (request.url === '/chatkit' && front.answer(JSON.parse(body.toString()) as ChatRequest, response))
      return;
    const { method, headers, url: path } = request;
    const upstream = send({ port, host: 'localhost', method, headers, path }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    upstream.end(body);
  }
}

export function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** Opens a stream of events; what is written goes out at once. */
export function openStream(response: ServerResponse): (...events: readonly unknown[]) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  return (...events) => {
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
  };
}
