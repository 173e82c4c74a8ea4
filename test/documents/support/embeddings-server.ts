import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';

/** Words that mean the same share a dimension; all others mean next to nothing. */
const MEANINGS = [
  ['car', 'cars', 'automobile', 'vehicle', 'parking'],
  ['dog', 'dogs', 'puppy', 'pets'],
  ['meal', 'lunch', 'food', 'canteen'],
];

function vectorOf(text: string): number[] {
  const words = text.toLowerCase().split(/\W+/);
  return [...MEANINGS.map((same) => words.filter((word) => same.includes(word)).length), 0.1];
}

/** An embeddings API whose vectors tell of three things. */
export interface EmbeddingsServer {
  readonly url: string;
  /** What was asked, without the texts. */
  readonly requests: Record<string, unknown>[];
  /** Statuses that the next requests are answered with instead. */
  readonly failures: number[];
  close(): void;
}

export async function startEmbeddingsServer(): Promise<EmbeddingsServer> {
  const requests: Record<string, unknown>[] = [];
  const failures: number[] = [];
  const server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { input, ...rest } = (await json(request)) as { input: string[] };
    requests.push({ ...rest, path: request.url, key: request.headers.authorization, texts: input.length });
    const failure = failures.shift();
    response.writeHead(failure ?? 200, { 'content-type': 'application/json' });
    // the order of the answer is not to be relied on
    const data = input.map((text, index) => ({ index, embedding: vectorOf(text) })).toReversed();
    response.end(JSON.stringify(failure === undefined ? { data, model: 'm', usage: {} } : { error: {} }));
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1`, requests, failures, close: () => server.close() };
}
