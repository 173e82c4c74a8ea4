import { auroraArticles } from './aurora.js';
import { borealisArticles } from './borealis.js';
import { neutralArticles } from './neutral.js';
import type { Brand } from './types.js';

const NEUTRAL: Brand = {
  name: 'neutral',
  tagline: 'Everything you need as a member, in one place.',
  accent: { light: '#3f5bd9', dark: '#93a5ff' },
  assistant: 'Member assistant',
  articles: neutralArticles,
  people: [],
};

const BRANDS: Readonly<Record<string, Brand>> = {
  org_aurora: {
    name: 'aurora',
    tagline: 'Your library: borrow, book a room, and look things up.',
    accent: { light: '#5b3fd6', dark: '#b3a2ff' },
    assistant: 'Library assistant',
    articles: auroraArticles,
    people: [
      { id: 'user_ada', name: 'Ada Lindqvist', role: 'Head of the library' },
      { id: 'user_ben', name: 'Ben Okafor', role: 'Member' },
      { id: 'iris', name: 'Iris Halvorsen', role: 'Archivist' },
    ],
  },
  org_borealis: {
    name: 'borealis',
    tagline: 'Your clinic: appointments, results and prescriptions.',
    accent: { light: '#0b7268', dark: '#63d5c4' },
    assistant: 'Clinic assistant',
    articles: borealisArticles,
    people: [
      { id: 'user_clara', name: 'Clara Novak', role: 'Practice manager' },
      { id: 'user_dan', name: 'Dan Sato', role: 'Patient' },
      { id: 'lund', name: 'Dr Lund', role: 'General practitioner' },
    ],
  },
};

/** How an organisation looks and what it has to read; unknown ones get a neutral set. */
export function brandOf(tenantId: string): Brand {
  return Object.hasOwn(BRANDS, tenantId) ? (BRANDS[tenantId] ?? NEUTRAL) : NEUTRAL;
}
