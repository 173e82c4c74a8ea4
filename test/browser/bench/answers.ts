import type { ServerResponse } from 'node:http';
import { added, begun, delta, finished, markdown, question, reply, THREAD } from '../support/conversation.js';
import { openStream, sendJson, type ChatAnswer } from '../support/scripted-front.js';

/** Answers every message with that text, so many tokens of four characters a second. */
export function answerSlowly(text: string, tokensPerSecond: number): ChatAnswer {
  return ({ type }, response) => {
    if (type !== 'threads.create') return false;
    const send = openStream(response);
    send(begun, finished(question('q1', 'Tell me all')), added(reply('a1', '')));
    const tokens = text.match(/[\s\S]{1,4}/g) ?? [];
    const start = performance.now();
    let sent = 0;
    const step = (): void => {
      const due = Math.min(tokens.length, Math.floor(((performance.now() - start) / 1000) * tokensPerSecond));
      for (; sent < due; sent += 1) send(delta('a1', tokens[sent] ?? ''));
      if (sent < tokens.length) return;
      clearInterval(timer);
      send(finished(reply('a1', text)));
      response.end();
    };
    const timer = setInterval(step, 1000 / tokensPerSecond);
    response.on('close', () => clearInterval(timer));
    return true;
  };
}

/** Answers as a server that holds one thread of so many items. */
export function holding(count: number): ChatAnswer {
  const items = Array.from({ length: count }, (_, at) =>
    at % 2 === 0 ? question(`i${at}`, `Question ${at}`) : reply(`i${at}`, `Answer ${at}\n\n${markdown(800)}`),
  );
  return ({ type, params }, response) => {
    if (type === 'threads.get_by_id') {
      sendJson(response, { ...THREAD, items: { data: items.slice(0, 20), has_more: true } });
      return true;
    }
    if (type !== 'items.list') return false;
    sendPage(response, items.toReversed(), params);
    return true;
  };
}

function sendPage(
  response: ServerResponse,
  items: readonly Record<string, unknown>[],
  { after, limit }: Readonly<Record<string, unknown>>,
): void {
  const from = items.findIndex(({ id }) => id === after) + 1;
  const to = from + (typeof limit === 'number' ? limit : items.length);
  const data = items.slice(from, to);
  sendJson(response, { data, has_more: to < items.length, after: data.at(-1)?.['id'] });
}
