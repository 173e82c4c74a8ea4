import { useState } from 'react';
import { PHONE, WIDE, useMedia } from './use-media.js';

/** Beside the page, in a window above it, or in place of it. */
export type Place = 'docked' | 'floating' | 'covering';
export type PlaceChoice = Exclude<Place, 'covering'>;

/** Where the chat is, and whether it is open. */
export interface ChatPlace {
  readonly place: Place;
  /** What the member likes where there is room for both. */
  readonly choice: PlaceChoice;
  readonly choose: (choice: PlaceChoice) => void;
  /** Whether there is room for both. */
  readonly wide: boolean;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

const PLACE = 'portal.chat.place';
const CLOSED = 'portal.chat.closed';

/** The chat's place as the member has left it: docked and open at first, where there is room. */
export function useChatPlace(): ChatPlace {
  const wide = useMedia(WIDE);
  const phone = useMedia(PHONE);
  const [choice, setChoice] = useState<PlaceChoice>(() =>
    localStorage.getItem(PLACE) === 'floating' ? 'floating' : 'docked',
  );
  const [open, setOpen] = useState(() => wide && localStorage.getItem(CLOSED) === null);
  const narrow = phone ? 'covering' : 'floating';
  return {
    place: wide ? choice : narrow,
    choice,
    choose(next) {
      localStorage.setItem(PLACE, next);
      setChoice(next);
    },
    wide,
    open,
    setOpen(next) {
      if (wide && next) localStorage.removeItem(CLOSED);
      else if (wide) localStorage.setItem(CLOSED, 'true');
      setOpen(next);
    },
  };
}
