import { useEffect, useMemo, useState } from 'react';
import type { Accent, PageHands } from './page-tools.js';

const HIGHLIGHT_MS = 4000;
const TOAST_MS = 6000;

/** What the chat has done to the page, and what it does it with. */
export interface PageLook {
  readonly accent: Accent | undefined;
  readonly highlighted: boolean;
  readonly toast: string;
  readonly hands: PageHands;
}

/** A value that goes back to what it was after a while. */
function useFleeting<T>(rest: T, milliseconds: number): [T, (value: T) => void] {
  const [shown, setShown] = useState({ value: rest });
  useEffect(() => {
    if (shown.value === rest) return undefined;
    const timer = setTimeout(() => setShown({ value: rest }), milliseconds);
    return () => clearTimeout(timer);
  }, [shown, rest, milliseconds]);
  const show = useMemo(() => (value: T) => setShown({ value }), []);
  return [shown.value, show];
}

export function usePageHands(): PageLook {
  const [accent, setAccent] = useState<Accent>();
  const [highlighted, setHighlighted] = useFleeting(false, HIGHLIGHT_MS);
  const [toast, tell] = useFleeting('', TOAST_MS);
  const hands = useMemo(
    () => ({ setAccent, highlight: () => setHighlighted(true), tell }),
    [setHighlighted, tell],
  );
  return { accent, highlighted, toast, hands };
}
