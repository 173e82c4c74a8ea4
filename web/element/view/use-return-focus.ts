import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/**
 * Moves focus into a layer when it opens and back to where it was when it closes.
 *
 * @param gone set to true when what the layer was opened from goes away with it: focus then stays near
 */
export function useReturnFocus(target: RefObject<HTMLElement | null>, gone?: RefObject<boolean>): void {
  useLayoutEffect(() => {
    const root = target.current?.getRootNode();
    const before = root instanceof ShadowRoot ? root.activeElement : null;
    const around = before?.closest<HTMLElement>('[tabindex="-1"]');
    target.current?.focus();
    return () => {
      // The rest of the chat is inert until the layer is gone from the page.
      setTimeout(() => {
        if (gone?.current === true) around?.focus();
        else if (before instanceof HTMLElement && before.isConnected) before.focus();
      });
    };
  }, []);
}
