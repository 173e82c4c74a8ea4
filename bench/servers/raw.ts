import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { Pool, type CustomTypesConfig } from 'pg';
import {
  answer,
  claimsOf,
  newThread,
  PAGE,
  userMessage,
  type Json,
  type PlainRequest,
  type PlainRow,
} from './plain-protocol.js';

/** The limit of what one process can do: `node:http` and `pg` alone, with rows that are parsed as any host would. */

const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });
const types = { getTypeParser: () => (text: string) => JSON.parse(text) as unknown } as CustomTypesConfig;

const THREADS = 'SELECT data FROM threads WHERE user_id = $1 ORDER BY created_at DESC LIMIT 21';
const THREAD = 'SELECT data FROM threads WHERE id = $1 AND user_id = $2';
const ITEMS = 'SELECT data FROM items WHERE thread_id = $1 AND user_id = $2 ORDER BY created_at';
const FIRST = `${ITEMS} LIMIT 21`;
const LAST = `${ITEMS} DESC LIMIT 21`;
const ADD_THREAD = 'INSERT INTO threads (id, user_id, organization_id, data) VALUES ($1, $2, $3, $4)';
const ADD_ITEM = 'INSERT INTO items (id, thread_id, user_id, data) VALUES ($1, $2, $3, $4)';

async function rows(name: string, sql: string, values: readonly string[]): Promise<readonly Json[]> {
  const query = { name, text: sql, values: [...values], rowMode: 'array' as const, types };
  const result = await pool.query<[Json]>(query);
  return result.rows.map(([data]) => data);
}

function page(found: readonly Json[]): Json {
  return { data: found.slice(0, PAGE), has_more: found.length > PAGE };
}

async function read({ type, params }: PlainRequest, user: string): Promise<Json> {
  const { thread_id = '' } = params;
  if (type === 'threads.list') return page(await rows('threads', THREADS, [user]));
  if (type === 'items.list') return page(await rows('last', LAST, [thread_id, user]));
  const [thread] = await rows('thread', THREAD, [thread_id, user]);
  return { ...thread, items: page(await rows('first', FIRST, [thread_id, user])) };
}

async function stream(
  request: PlainRequest,
  { sub, org_id }: { readonly sub: string; readonly org_id: string },
  response: ServerResponse,
): Promise<void> {
  const send = (event: object): void => void response.write(`data: ${JSON.stringify(event)}\n\n`);
  const thread = request.params.thread_id === undefined ? newThread() : undefined;
  const id = thread?.id ?? request.params.thread_id ?? '';
  const keep = (item: PlainRow & Json) =>
    rows('add item', ADD_ITEM, [item.id, id, sub, JSON.stringify(item)]);
  if (thread) await rows('add thread', ADD_THREAD, [id, sub, org_id, JSON.stringify(thread)]);
  const message = userMessage(id, request);
  await keep(message);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  if (thread) send({ type: 'thread.created', thread: { ...thread, items: { data: [], has_more: false } } });
  send({ type: 'thread.item.done', item: message });
  await answer(id, request, send, keep);
  response.end();
}

const server = createServer((incoming, response) => {
  const handle = async (): Promise<void> => {
    const claims = claimsOf(incoming.headers.authorization);
    const request = (await json(incoming)) as PlainRequest;
    if (request.type === 'threads.create' || request.type === 'threads.add_user_message') {
      await stream(request, claims, response);
      return;
    }
    const body = Buffer.from(JSON.stringify(await read(request, claims.sub)));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  };
  handle().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.destroy();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
