import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Pixels that stay free between a popup and the edge of the chat. */
const MARGIN = 8;
const MAX_HEIGHT = 340;

/** For a popup that stands on its lower edge: makes it no higher than the chat has room for. */
export function useRoomAbove<T extends HTMLElement>(): RefObject<T | null> {
  const popup = useRef<T>(null);
  useLayoutEffect(() => {
    const element = popup.current;
    const chat = element?.closest('.chat');
    if (!element || !chat) return;
    const room = element.getBoundingClientRect().bottom - chat.getBoundingClientRect().top - MARGIN;
    element.style.setProperty('max-block-size', `${Math.max(80, Math.min(MAX_HEIGHT, room))}px`);
  });
  return popup;
}
