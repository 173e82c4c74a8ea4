import type { MouseEvent, ReactNode } from 'react';
import { navigate } from './router.js';

interface LinkProps {
  readonly to: string;
  readonly className?: string;
  /** Whether it leads to where we are. */
  readonly current?: boolean;
  readonly children: ReactNode;
}

/** A link within the portal; new tabs and windows work as with any other. */
export function Link({ to, className, current = false, children }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a href={to} className={className} aria-current={current ? 'page' : undefined} onClick={follow}>
      {children}
    </a>
  );
}
