import { Injectable } from '@nestjs/common';
import type { RequestContext } from 'nestjs-chatkit';
import type { Passage, Retriever } from 'nestjs-chatkit/agents';

const RULES: Readonly<Record<string, readonly Omit<Passage, 'score'>[]>> = {
  riverside: [
    {
      id: 'loans',
      title: 'House rules',
      text: 'Books may be kept for four weeks.',
      url: 'https://riverside.test/rules',
    },
    { id: 'hours', title: 'Opening hours', text: 'The library is open from 9 to 18.' },
  ],
  hilltop: [{ id: 'loans', title: 'Hilltop rules', text: 'Books may be kept for ten days.' }],
};

/** Finds the house rules of the user's library that share a word with the question. */
@Injectable()
export class HouseRules implements Retriever {
  async retrieve(query: string, { tenantId }: RequestContext): Promise<readonly Passage[]> {
    const words = wordsOf(query);
    return (RULES[tenantId] ?? [])
      .map((rule) => Object.assign({ score: wordsOf(rule.text).intersection(words).size }, rule))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score);
  }
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/\p{L}{4,}/gu));
}
