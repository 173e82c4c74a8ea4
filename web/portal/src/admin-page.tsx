import { Component, lazy, Suspense } from 'react';
import type { ReactNode } from 'react';
import type { AdminProps } from './admin/admin.js';

/** Charts and all that only administrators see come when one opens the page. */
const Admin = lazy(() => import('./admin/admin.js'));

class Loaded extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="page">
        <p className="alert" role="alert">
          This page could not be loaded. Check the connection and reload.
        </p>
      </div>
    );
  }
}

/** The administrators' page. */
export function AdminPage(props: AdminProps) {
  return (
    <Loaded>
      <Suspense fallback={<div className="page" role="status" aria-label="Loading" />}>
        <Admin {...props} />
      </Suspense>
    </Loaded>
  );
}
