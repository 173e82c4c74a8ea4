import { AccountMenu } from './account-menu.js';
import type { AccountMenuProps } from './account-menu.js';
import { Link } from './link.js';
import { initials } from './member.js';
import { SiteNav } from './site-nav.js';
import type { SiteNavProps } from './site-nav.js';

type TopBarProps = AccountMenuProps & SiteNavProps & { readonly covered: boolean };

/** The organisation, the parts of the portal, and the member's account. */
export function TopBar({ covered, ...props }: TopBarProps) {
  const { tenantName } = props.member;
  return (
    <header className="top-bar" inert={covered}>
      <Link to="/" className="brand">
        <span className="mark" aria-hidden="true">
          {initials(tenantName)}
        </span>
        <span className="brand-name">{tenantName}</span>
      </Link>
      <SiteNav {...props} />
      <AccountMenu {...props} />
    </header>
  );
}
