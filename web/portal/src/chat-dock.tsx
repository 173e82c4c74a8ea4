import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Article, Brand } from './articles/types.js';
import type { Availability, AvailabilityMonitor } from '../../client/index.js';
import { ChatPanel } from './chat-panel.js';
import type { ChatPlace } from './chat-place.js';
import type { PageHands, Accent } from './chat/page-tools.js';
import type { Question } from './chat/question.js';
import type { Features } from './features.js';
import { Icon } from './icons.js';
import type { Member } from './member.js';
import type { Scheme } from './theme.js';

export interface ChatDockProps {
  readonly member: Member;
  readonly brand: Brand;
  readonly scheme: Scheme;
  readonly place: ChatPlace;
  readonly monitor: AvailabilityMonitor;
  readonly availability: Availability;
  readonly article: Article | undefined;
  readonly features: Features;
  /** What was asked last from the page, for the chat to ask. */
  readonly question: Question | undefined;
  /** What the chat has made of the page's colour. */
  readonly accent: Accent | undefined;
  readonly hands: PageHands;
  readonly onRefused: () => void;
}

/** The chat: beside the page or in a window above it, as the member likes; on a phone it covers the page. */
export function ChatDock(props: ChatDockProps) {
  const { monitor, availability } = props;
  const { place, open, setOpen } = props.place;
  const [wasUp, setWasUp] = useState(false);
  const [asked, setAsked] = useState(props.question);
  const [beside, setBeside] = useState(props.article);
  const opener = useRef<HTMLButtonElement>(null);
  const closing = useRef(false);
  const up = availability.status === 'up';
  if (up && !wasUp) setWasUp(true);
  if (asked !== props.question) {
    setAsked(props.question);
    setOpen(true);
  }
  if (beside !== props.article) {
    setBeside(props.article);
    // where the chat covers the page, it makes way for what it has opened
    if (place === 'covering') setOpen(false);
  }

  const close = (): void => {
    closing.current = true;
    setOpen(false);
  };
  useEffect(() => {
    if (!open && closing.current) opener.current?.focus();
    closing.current = false;
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && place !== 'docked') close();
  };
  return (
    <>
      <aside className="dock" data-place={place} hidden={!open} aria-label="Chat" onKeyDown={onKeyDown}>
        {wasUp && (
          <div className="dock-chat" inert={!up}>
            <ChatPanel {...props} up={up} close={close} onUnavailable={() => monitor.reportDown()} />
          </div>
        )}
        {!up && availability.status !== 'checking' && (
          <Unavailable availability={availability} close={close} />
        )}
      </aside>
      <button type="button" className="opener" hidden={open} ref={opener} onClick={() => setOpen(true)}>
        <Icon name="chat" />
        <span>Ask a question</span>
      </button>
    </>
  );
}

function Unavailable({ availability, close }: { availability: Availability; close: () => void }) {
  const disabled = availability.status === 'disabled';
  return (
    <div className="unavailable" role="status">
      <span className="unavailable-icon" aria-hidden="true">
        <Icon name="chat" />
      </span>
      <h2>Chat is unavailable</h2>
      <p>
        {disabled
          ? 'Chat is not switched on for this portal.'
          : 'We are working on it. The chat comes back here by itself, and nothing you wrote is lost.'}
      </p>
      {!disabled && <span className="pulse" aria-hidden="true" />}
      <button type="button" className="button quiet" onClick={close}>
        Close
      </button>
    </div>
  );
}
