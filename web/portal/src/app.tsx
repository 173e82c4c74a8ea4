import { useEffect, useState } from 'react';
import { fetchMember } from './member.js';
import type { SignIn } from './member.js';
import { Portal } from './portal.js';
import { SignInPage } from './sign-in-page.js';
import { useAppearance } from './theme.js';

const ENDED = 'Your session has ended. Sign in again to go on where you were.';
const UNKNOWN = 'The portal could not find out who you are. Reload the page, or sign in again.';

/** The portal: who is signed in decides between the sign-in page and everything else. */
export function App() {
  const [signIn, setSignIn] = useState<SignIn>({ status: 'loading' });
  const appearance = useAppearance();
  useEffect(() => {
    let current = true;
    void fetchMember().then((found) => current && setSignIn(found));
    return () => {
      current = false;
    };
  }, []);
  // In another tab somebody may have signed out, or in as somebody else: the page follows.
  const lookAgain = async (): Promise<void> => {
    const found = await fetchMember();
    if (found.status === 'signed-out') setSignIn({ ...found, ended: true });
    else if (found.status === 'signed-in') setSignIn(found);
  };
  switch (signIn.status) {
    case 'loading':
      return <div className="blank" role="status" aria-label="Loading" />;
    case 'signed-in':
      return (
        <Portal
          key={JSON.stringify([signIn.member.tenantId, signIn.member.userId])}
          member={signIn.member}
          appearance={appearance}
          onRefused={() => void lookAgain()}
        />
      );
    case 'signed-out':
      return <SignInPage {...(signIn.ended ? { problem: ENDED } : {})} />;
    default:
      return <SignInPage problem={UNKNOWN} />;
  }
}
