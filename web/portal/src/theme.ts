import { useEffect, useState } from 'react';

export type Scheme = 'light' | 'dark';

const KEY = 'portal.scheme';

function stored(): Scheme | undefined {
  const value = localStorage.getItem(KEY);
  return value === 'light' || value === 'dark' ? value : undefined;
}

function preferred(): Scheme {
  return stored() ?? (window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

/** The colour scheme: the user's choice, or the system's until there is one. */
export function useScheme(): [Scheme, () => void] {
  const [scheme, setScheme] = useState<Scheme>(preferred);
  useEffect(() => {
    document.documentElement.dataset.scheme = scheme;
  }, [scheme]);
  const toggle = (): void => {
    const next = scheme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, next);
    setScheme(next);
  };
  return [scheme, toggle];
}
