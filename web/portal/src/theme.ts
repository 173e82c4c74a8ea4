import { useEffect, useState } from 'react';
import { useMedia } from './use-media.js';

export type Scheme = 'light' | 'dark';
export type SchemeChoice = 'system' | Scheme;

/** The colour scheme shown, and what the member has chosen. */
export interface Appearance {
  readonly scheme: Scheme;
  readonly choice: SchemeChoice;
  readonly choose: (choice: SchemeChoice) => void;
}

const KEY = 'portal.scheme';

function stored(): SchemeChoice {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** The member's choice of colours, remembered; the system's, as it changes, until there is one. */
export function useAppearance(): Appearance {
  const [choice, setChoice] = useState(stored);
  const dark = useMedia('(prefers-color-scheme: dark)');
  const system = dark ? 'dark' : 'light';
  const scheme = choice === 'system' ? system : choice;
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme;
  }, [scheme]);
  const choose = (next: SchemeChoice): void => {
    if (next === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
    setChoice(next);
  };
  return { scheme, choice, choose };
}
