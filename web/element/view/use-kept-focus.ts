import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

const FOCUSABLE = '.input, input, button:not(:disabled)';

/** Keeps focus where it was when what had it is replaced by something else: `what` tells the two apart. */
export function useKeptFocus(around: RefObject<HTMLElement | null>, what: string | undefined): void {
  const root = around.current?.getRootNode();
  const had = root instanceof ShadowRoot && around.current?.contains(root.activeElement) === true;
  useLayoutEffect(() => {
    if (!had || !(root instanceof ShadowRoot) || around.current?.contains(root.activeElement)) return;
    around.current?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
  }, [what]);
}
