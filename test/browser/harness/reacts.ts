import { join } from 'node:path';
import type { ReactCopy } from './build.js';

const installed = (name: string): string => join(import.meta.dirname, '../../../node_modules', name);

/** The copies of React that the wrapper works with; undefined is the installed one. */
export const REACTS: readonly (readonly [name: string, copy: ReactCopy | undefined])[] = [
  ['React 19', undefined],
  ['React 18', { react: installed('react-18'), reactDom: installed('react-dom-18') }],
];
