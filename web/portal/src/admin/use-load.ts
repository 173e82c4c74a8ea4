import { useCallback, useEffect, useState } from 'react';

/** What was asked for: what came last, why nothing new came, and whether it is on its way. */
export interface Loaded<T> {
  readonly data: T | undefined;
  readonly problem: string | undefined;
  readonly loading: boolean;
  readonly again: () => void;
}

/**
 * Asks when the page is shown, when the question changes, and when the chat is back after it was away.
 *
 * @param load the question; another function is another question
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, up: boolean): Loaded<T> {
  const [turn, setTurn] = useState(0);
  const [state, setState] = useState<Omit<Loaded<T>, 'again'>>({
    data: undefined,
    problem: undefined,
    loading: true,
  });
  useEffect(() => {
    if (!up) return undefined;
    const control = new AbortController();
    const { signal } = control;
    setState(({ data }) => ({ data, problem: undefined, loading: true }));
    load(signal).then(
      (data) => signal.aborted || setState({ data, problem: undefined, loading: false }),
      (error: unknown) => {
        const problem = error instanceof Error ? error.message : String(error);
        if (!signal.aborted) setState(({ data }) => ({ data, problem, loading: false }));
      },
    );
    return () => control.abort();
  }, [load, up, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  // while the chat is away, that is what is said
  const { data, problem, loading } = state;
  return up ? { data, problem, loading, again } : { data, problem: undefined, loading: false, again };
}
