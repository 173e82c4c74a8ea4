import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/**
 * Keeps the focus in a widget when an update takes away or moves what had it, or when the widget was inert for a
 * while: on the same control where that is still there, else on the widget itself.
 *
 * @returns listeners for the element around the widget
 */
export function useFocusKept(around: RefObject<HTMLElement | null>, changed: unknown, inert: boolean) {
  const had = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const control = had.current;
    if (!control || inert || document.activeElement !== document.body) return;
    const { key } = control.dataset;
    const fields = [...(around.current?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
    const same = control.isConnected ? control : fields.find((field) => field.dataset.key === key);
    (same ?? around.current)?.focus();
  }, [changed, inert]);
  return {
    onFocusIn: ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement) had.current = target;
    },
    onFocusOut: ({ target }: FocusEvent): void => {
      // What an update removes or makes inert has not been left by anybody; that shows once the update is over.
      queueMicrotask(() => {
        const left = target instanceof HTMLElement && target.isConnected && !target.closest('[inert]');
        if (left && had.current === target) had.current = null;
      });
    },
  };
}
