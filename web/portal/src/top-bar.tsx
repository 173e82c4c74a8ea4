import { Icon } from './icons.js';
import { Link } from './link.js';
import { initials } from './member.js';
import type { Member } from './member.js';
import type { Scheme } from './theme.js';

interface TopBarProps {
  readonly member: Member;
  readonly scheme: Scheme;
  readonly toggleScheme: () => void;
  readonly signOut: () => void;
}

export function TopBar({ member, scheme, toggleScheme, signOut }: TopBarProps) {
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <header className="top-bar">
      <Link to="/" className="brand">
        <span className="mark" aria-hidden="true">
          {initials(member.tenantName)}
        </span>
        <span className="brand-name">{member.tenantName}</span>
      </Link>
      <div className="top-actions">
        <button
          type="button"
          className="icon-button"
          aria-label={`Switch to ${other} mode`}
          title={`Switch to ${other} mode`}
          onClick={toggleScheme}
        >
          <Icon name={scheme === 'dark' ? 'sun' : 'moon'} />
        </button>
        <span className="who" title={member.email}>
          <span className="avatar" aria-hidden="true">
            {initials(member.name)}
          </span>
          <span className="who-name">{member.name}</span>
        </span>
        <button type="button" className="button quiet" onClick={signOut}>
          Sign out
        </button>
      </div>
    </header>
  );
}
