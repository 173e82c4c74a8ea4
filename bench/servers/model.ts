import { createServer, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { delta, orderIn } from './order.js';

/** A model behind the Responses API that obeys the order in the last message. */

interface Call {
  readonly input: unknown;
  readonly model: string;
}

const ITEM = { id: 'msg_model', type: 'message', role: 'assistant' };
const AT = { item_id: ITEM.id, output_index: 0, content_index: 0 };
const USAGE = {
  input_tokens: 100,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 20,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 120,
};

async function answer({ input, model }: Call, response: ServerResponse): Promise<void> {
  let sequence_number = 0;
  const send = (type: string, fields: object): void => {
    const data = JSON.stringify({ type, sequence_number, ...fields });
    sequence_number += 1;
    response.write(`event: ${type}\ndata: ${data}\n\n`);
  };
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const whole = { id: 'resp_bench', object: 'response', created_at: 0, model, error: null, metadata: {} };
  const begun = { ...whole, status: 'in_progress', output: [], usage: null };
  const empty = { type: 'output_text', text: '', annotations: [], logprobs: [] };
  send('response.created', { response: begun });
  send('response.in_progress', { response: begun });
  send('response.output_item.added', {
    output_index: 0,
    item: { ...ITEM, status: 'in_progress', content: [] },
  });
  send('response.content_part.added', { ...AT, part: empty });
  const order = orderIn(JSON.stringify(input));
  const start = Date.now();
  let text = '';
  for (let n = 1; n <= order.deltas && !response.destroyed; n++) {
    const piece = await delta(order, start, n);
    text += piece;
    send('response.output_text.delta', { ...AT, delta: piece, logprobs: [] });
  }
  const part = { ...empty, text };
  const item = { ...ITEM, status: 'completed', content: [part] };
  send('response.output_text.done', { ...AT, text, logprobs: [] });
  send('response.content_part.done', { ...AT, part });
  send('response.output_item.done', { output_index: 0, item });
  send('response.completed', { response: { ...whole, status: 'completed', output: [item], usage: USAGE } });
  response.end();
}

const server = createServer((request, response) => {
  const handle = async (): Promise<void> => answer((await json(request)) as Call, response);
  handle().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    response.destroy();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env['PORT']), '127.0.0.1');
