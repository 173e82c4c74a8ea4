'use client';

import { createContext, useContext, useState, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { PanelState } from './panel-state.js';

const Panel = createContext<PanelState | undefined>(undefined);

export interface ChatKitProviderProps {
  readonly children: ReactNode;
  /** Whether the panel is open from the start. Default false. */
  readonly initiallyOpen?: boolean;
}

/** Lets the parts of a page reach the one chat in it. Stands around the panel and whatever opens it. */
export function ChatKitProvider({ children, initiallyOpen = false }: ChatKitProviderProps) {
  const [state] = useState(() => new PanelState(initiallyOpen));
  return <Panel.Provider value={state}>{children}</Panel.Provider>;
}

/**
 * The panel of the page: whether it is open, and what can be done with it.
 *
 * @throws Error outside of a ChatKitProvider
 */
export function useChatKitPanel(): PanelState {
  const state = useContext(Panel);
  if (state === undefined) throw new Error('useChatKitPanel() needs a <ChatKitProvider> around it');
  useSyncExternalStore(
    (listener) => state.subscribe(listener),
    () => state.open,
    () => state.open,
  );
  return state;
}
