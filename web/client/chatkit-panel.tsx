'use client';

import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { UseChatKitOptions } from '@openai/chatkit-react';
import type { ChatKitFetchOptions, ChatUser } from './chatkit-fetch.js';
import type { ChatKitConfig } from './config.js';
import { PanelContent } from './panel-content.js';
import { useChatKitPanel } from './panel-context.js';

/** Texts of the panel, for pages in other languages. */
export interface PanelTexts {
  /** Name of the panel. Default `Chat`. */
  readonly title: string;
  /** Default `Open the chat`. */
  readonly open: string;
  /** Default `Close the chat`. */
  readonly close: string;
  /** Default `Sign in to use the chat.` */
  readonly signedOut: string;
  /** Default `Sign in`. */
  readonly signIn: string;
  /** Default: that chat is unavailable, and comes back by itself. */
  readonly unavailable: string;
  /** Default `Loading the chat …`. */
  readonly loading: string;
}

export interface ChatKitPanelProps extends Pick<
  ChatKitFetchOptions,
  'getToken' | 'getPageContext' | 'credentials'
> {
  readonly config: ChatKitConfig;
  /** Who is signed in; null when nobody is, undefined while that is not known yet. */
  readonly user: ChatUser | null | undefined;
  /** Options of the chat, but for where it is. */
  readonly options?: Omit<UseChatKitOptions, 'api'>;
  /** What the open button shows. Default: the name of what it does. */
  readonly icon?: ReactNode;
  readonly texts?: Partial<PanelTexts>;
}

const TEXTS: PanelTexts = {
  title: 'Chat',
  open: 'Open the chat',
  close: 'Close the chat',
  signedOut: 'Sign in to use the chat.',
  signIn: 'Sign in',
  unavailable: 'The chat is unavailable. It comes back here by itself.',
  loading: 'Loading the chat …',
};

/**
 * A button that opens a panel with the chat in it. Asks to sign in where nobody is, says when chat is away, and
 * goes on by itself when it is back. Once opened, the chat stays as it is while the panel is closed.
 */
export function ChatKitPanel({ texts: given, icon, ...props }: ChatKitPanelProps) {
  const texts = { ...TEXTS, ...given };
  const panel = useChatKitPanel();
  const { open } = panel;
  const [opened, setOpened] = useState(open);
  if (open && !opened) setOpened(true);
  const opener = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (!open && wasOpen.current) opener.current?.focus();
    wasOpen.current = open;
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) panel.setOpen(false);
  };
  return (
    <>
      <aside className="chatkit-panel" aria-label={texts.title} hidden={!open} onKeyDown={onKeyDown}>
        <button type="button" className="chatkit-close" onClick={() => panel.setOpen(false)}>
          {texts.close}
        </button>
        {opened && <PanelContent {...props} texts={texts} />}
      </aside>
      <button
        type="button"
        className="chatkit-open"
        ref={opener}
        hidden={open}
        aria-expanded={open}
        aria-label={icon === undefined ? undefined : texts.open}
        onClick={() => panel.setOpen(true)}
      >
        {icon ?? texts.open}
      </button>
    </>
  );
}
