import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Moves focus into a layer when it opens and back to where it was when it closes. */
export function useReturnFocus(target: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const root = target.current?.getRootNode();
    const before = root instanceof ShadowRoot ? root.activeElement : null;
    target.current?.focus();
    return () => {
      // The rest of the chat is inert until the layer is gone from the page.
      setTimeout(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, []);
}
