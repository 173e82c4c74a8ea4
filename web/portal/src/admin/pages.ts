import { useState } from 'react';

/** Where one is in a list that is given page by page, by the cursors that led there. */
export interface Pages {
  /** Of the page shown; undefined for the first. */
  readonly after: string | undefined;
  readonly number: number;
  readonly next: (after: string | undefined) => void;
  readonly back: () => void;
}

/** @param list what the pages are of; another one begins at its first page */
export function usePages(list: string): Pages {
  const [state, setState] = useState<{ list: string; cursors: readonly string[] }>({ list, cursors: [] });
  const cursors = state.list === list ? state.cursors : [];
  return {
    after: cursors.at(-1),
    number: cursors.length + 1,
    next: (after) => after !== undefined && setState({ list, cursors: [...cursors, after] }),
    back: () => setState({ list, cursors: cursors.slice(0, -1) }),
  };
}
