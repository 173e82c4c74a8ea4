import { useEffect, useState } from 'preact/hooks';
import type { TurnGroup } from './turns.js';

/** Turns that are rendered in one frame when many come at once. */
const STEP = 3;

/**
 * The turns to render: the newest at once, those before them a few in each frame, so that a long thread does
 * not keep the page from answering. What has been rendered stays.
 */
export function useGradually(turns: readonly TurnGroup[]): readonly TurnGroup[] {
  const [first, setFirst] = useState<string>();
  const known = turns.findIndex((turn) => first !== undefined && holds(turn, first));
  const start = known === -1 ? Math.max(0, turns.length - STEP) : known;
  const next = turns[Math.max(0, start - STEP)]?.key;
  useEffect(() => {
    if (next === first) return undefined;
    if (start === 0) {
      setFirst(next);
      return undefined;
    }
    const frame = requestAnimationFrame(() => setFirst(next));
    return () => cancelAnimationFrame(frame);
  }, [next, first, start]);
  return start === 0 ? turns : turns.slice(start);
}

/** An older page may bring the question of an answer that was there alone: it is the same turn still. */
function holds({ key, items }: TurnGroup, wanted: string): boolean {
  return key === wanted || items.some(({ id, shown_as }) => (shown_as ?? id) === wanted);
}
