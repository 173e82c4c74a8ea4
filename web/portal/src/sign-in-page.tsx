import { Art } from './art.js';
import { signInUrl } from './member.js';
import { usePageMeta } from './use-page-meta.js';

/** What people see who are not signed in. */
export function SignInPage({ problem }: { problem?: string }) {
  usePageMeta('Sign in', 'Member portal', 'Sign in to your member portal');
  return (
    <main className="sign-in" data-brand="neutral">
      <div className="sign-in-art">
        <Art seed="sign-in" />
      </div>
      <div className="sign-in-card">
        <p className="eyebrow">Member portal</p>
        <h1>Welcome</h1>
        <p className="lead">Sign in with your organisation to read, ask and pick up your conversations.</p>
        {problem !== undefined && (
          <p className="alert" role="alert">
            {problem}
          </p>
        )}
        <a className="button primary wide" href={signInUrl(window.location)}>
          Sign in
        </a>
        <p className="fine">Each organisation sees only what is its own.</p>
      </div>
    </main>
  );
}
