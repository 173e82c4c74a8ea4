import { useEffect, useRef } from 'react';
import type { ChatPlace, PlaceChoice } from './chat-place.js';
import { Choice } from './choice.js';
import { initials } from './member.js';
import { SiteNav } from './site-nav.js';
import type { SiteNavProps } from './site-nav.js';
import type { Appearance, SchemeChoice } from './theme.js';

const SCHEMES: readonly (readonly [SchemeChoice, string])[] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];
const PLACES: readonly (readonly [PlaceChoice, string])[] = [
  ['docked', 'Beside the page'],
  ['floating', 'Floating'],
];

export interface AccountMenuProps extends SiteNavProps {
  readonly appearance: Appearance;
  readonly chat: ChatPlace;
  readonly signOut: () => void;
}

/** Who is signed in, how the portal looks to them, and the way out. */
export function AccountMenu({ appearance, chat, signOut, ...nav }: AccountMenuProps) {
  const { name, email, tenantName } = nav.member;
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => menu.current?.hidePopover(), [nav.path]);
  return (
    <>
      <button type="button" className="who" popoverTarget="account">
        <span className="sr">Account: </span>
        <span className="avatar" aria-hidden="true">
          {initials(name)}
        </span>
        <span className="who-name">{name}</span>
      </button>
      <div id="account" ref={menu} popover="auto" className="account" role="dialog" aria-label="Account">
        <div className="account-who">
          <strong>{name}</strong>
          <span>{email}</span>
          <span>{tenantName}</span>
        </div>
        <SiteNav {...nav} />
        <Choice
          legend="Appearance"
          value={appearance.choice}
          options={SCHEMES}
          onChange={appearance.choose}
        />
        {chat.wide && <Choice legend="Chat" value={chat.choice} options={PLACES} onChange={chat.choose} />}
        <button type="button" className="button wide" onClick={signOut}>
          Sign out
        </button>
      </div>
    </>
  );
}
