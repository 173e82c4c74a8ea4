import { Part } from './part.js';

/** What the element loads when it is needed, each from a file beside this one. */
export const parts = {
  chart: new Part(() => import('./chart.js')),
  code: new Part(() => import('./code.js')),
  dictation: new Part(() => import('./dictation.js')),
  entityCard: new Part(() => import('./entity-card.js')),
  forms: new Part(() => import('./forms.js')),
  markdown: new Part(() => import('./markdown.js')),
  math: new Part(() => import('./math.js')),
  questions: new Part(() => import('./questions.js')),
  tables: new Part(() => import('./tables.js')),
} as const;
