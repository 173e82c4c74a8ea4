import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Item } from '../session/wire.js';
import { useView } from './context.js';

/** Pixels from the end within which the reader counts as being there. */
const NEAR = 48;
/** Pixels from the top at which earlier messages are loaded. */
const TOP = 160;

/** Milliseconds within which a movement that a key or wheel began has come to rest. */
const MOVEMENT = 2000;
/** What the reader moves the log by. */
const INPUTS = ['wheel', 'pointerdown', 'keydown'] as const;

interface Scroll {
  /** True when the latest message is out of sight below. */
  readonly away: boolean;
  readonly toLatest: () => void;
  readonly onScroll: () => void;
}

interface Scrolled {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly end: RefObject<HTMLDivElement | null>;
  readonly follow: boolean;
  /** Key of the first turn that is rendered. */
  readonly first: string | undefined;
  /** False while turns above it wait for their frame. */
  readonly whole: boolean;
}

interface Memory {
  height: number;
  first: string | undefined;
  turnCount: number;
  near: boolean;
  /** True from a movement's first step until it has come to rest. */
  moving: boolean;
  /** Brings the reader where it was last asked for, again whenever the log comes to rest for a while. */
  place?: { readonly set: () => void; readonly until: number } | undefined;
}

/**
 * Keeps the reader's place. A loaded thread opens at its end; a new turn comes to the top and grows there or,
 * with `follow`, is followed as long as the reader stays near the end; messages added above move nothing.
 */
export function useScroll({ scroller, end, follow, first, whole }: Scrolled): Scroll {
  const { state, session } = useView();
  const { items, turnCount, older } = state.value;
  const [away, setAway] = useState(false);
  const memory = useRef<Memory>({ height: 0, first, turnCount: -1, near: true, moving: false });

  const distance = useCallback((): number => {
    const box = scroller.current;
    const mark = end.current;
    return box && mark ? mark.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom : 0;
  }, []);

  const measure = useCallback((): void => {
    const rest = distance();
    memory.current.near = rest <= NEAR;
    setAway(rest > NEAR);
  }, []);

  const toEnd = useCallback((): void => {
    const box = scroller.current;
    if (box) box.scrollTop += Math.max(0, distance() + NEAR / 3);
  }, []);

  // a key's or wheel's own movement under way goes on after a place is set, and would leave it: it is set again at rest
  const settle = useCallback((set: () => void): void => {
    const { current } = memory;
    current.place = current.moving ? { set, until: performance.now() + MOVEMENT } : undefined;
    set();
  }, []);

  useEffect(() => {
    const box = scroller.current;
    const atRest = (): void => {
      memory.current.moving = false;
      // setting a place ends with an event of its own, which may come before that of the movement
      const { place } = memory.current;
      if (place && performance.now() < place.until) place.set();
    };
    const moveOn = (): void => {
      memory.current.place = undefined;
    };
    box?.addEventListener('scrollend', atRest);
    for (const type of INPUTS) box?.addEventListener(type, moveOn, { passive: true });
    return () => {
      box?.removeEventListener('scrollend', atRest);
      for (const type of INPUTS) box?.removeEventListener(type, moveOn);
    };
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const last = memory.current;
    const prepended = last.first !== undefined && first !== last.first && has(items, last.first);
    if (last.turnCount === -1) box.scrollTop = box.scrollHeight;
    if (last.turnCount !== turnCount && last.turnCount !== -1) settle(() => placeTurn(box, follow));
    else if (prepended) box.scrollTop += box.scrollHeight - last.height;
    else if (follow && last.near) toEnd();
    memory.current = { ...last, height: box.scrollHeight, first, turnCount };
    measure();
  }, [items, first, turnCount, follow, older, state.value.progress, state.value.problem]);

  useEffect(() => {
    const content = scroller.current?.firstElementChild;
    if (!content) return undefined;
    const observer = new ResizeObserver(() => {
      if (follow && memory.current.near) toEnd();
      measure();
      memory.current.height = scroller.current?.scrollHeight ?? 0;
    });
    observer.observe(content);
    return () => observer.disconnect();
  }, [follow]);

  const onScroll = (): void => {
    memory.current.moving = true;
    measure();
    const top = scroller.current?.scrollTop ?? TOP;
    if (whole && top < TOP && older.hasMore && older.status === 'idle') void session.loadOlder();
  };
  return { away, onScroll, toLatest: () => settle(toEnd) };
}

/** True when the turn with that key is still there. */
function has(items: readonly Item[], key: string): boolean {
  return items.some(({ id, shown_as }) => (shown_as ?? id) === key);
}

/** Brings the turn that has just begun to its place. */
function placeTurn(box: HTMLElement, follow: boolean): void {
  const turns = box.querySelectorAll<HTMLElement>('.turn');
  const turn = turns.item(turns.length - 1);
  if (follow || !turn) {
    box.scrollTop = box.scrollHeight;
    return;
  }
  box.scrollTop += turn.getBoundingClientRect().top - box.getBoundingClientRect().top - NEAR / 3;
}
