import { useCallback, useSyncExternalStore } from 'react';

/** A window as narrow as a phone's: the chat covers the page. */
export const PHONE = '(max-width: 640px)';
/** Room for the chat beside the page. */
export const WIDE = '(min-width: 1080px)';

/** Whether a media query holds, now and whenever that changes. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
