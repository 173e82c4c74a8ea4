import type { Passage } from './retriever.js';
import { cut } from '../chatkit/core/cut.js';

const MAX_TITLE = 300;

/**
 * The best passages of several retrievers, taken in turns since their scores cannot be compared, each once, as
 * far as both limits allow.
 */
export function bestOf(
  found: readonly (readonly Passage[])[],
  limit: number,
  characters: number,
): readonly Passage[] {
  const kept = new Map<string, Passage>();
  let left = characters;
  const longest = Math.max(0, ...found.map((passages) => Math.min(passages.length, limit)));
  for (let rank = 0; rank < longest; rank += 1) {
    for (const passages of found) {
      const passage = passages[rank];
      if (passage === undefined || kept.size >= limit || kept.has(passage.id)) continue;
      const text = cut(passage.text, left);
      if (text === '') continue;
      left -= text.length;
      kept.set(passage.id, { ...passage, text, title: cut(passage.title, MAX_TITLE) });
    }
  }
  return [...kept.values()];
}
