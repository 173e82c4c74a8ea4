import { Link } from './link.js';
import type { Member } from './member.js';
import { ADMIN_PATH, TRY_PATH, adminSection } from './router.js';

export interface SiteNavProps {
  readonly member: Member;
  readonly path: string;
  /** Whether there is something to try. */
  readonly demo: boolean;
}

/** The parts of the portal that this member has. */
export function SiteNav({ member, path, demo }: SiteNavProps) {
  return (
    <nav className="site-nav" aria-label="Portal">
      <Link to="/" current={path === '/'}>
        Home
      </Link>
      {demo && (
        <Link to={TRY_PATH} current={path === TRY_PATH}>
          Examples
        </Link>
      )}
      {member.admin && (
        <Link to={ADMIN_PATH} current={adminSection(path) !== undefined}>
          Administration
        </Link>
      )}
    </nav>
  );
}
