import { openSession } from '../lib/session';
import { Chat } from './chat';

export const dynamic = 'force-dynamic';

export default async function HomePage() {
  const { member } = await openSession();
  return (
    <main>
      <header>
        <h1>Member portal</h1>
        {member && (
          <form action="/api/auth/logout" method="post">
            <span>{member.name}</span> <button>Sign out</button>
          </form>
        )}
      </header>
      {member ? <Chat member={member} /> : <SignIn />}
    </main>
  );
}

function SignIn() {
  return (
    <p>
      {/* a document of its own: the answer is a redirect to the identity provider */}
      <a className="button" href="/api/auth/login?return_to=/">
        Sign in
      </a>
    </p>
  );
}
