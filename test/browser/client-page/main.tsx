import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import {
  AskAboutSelection,
  chatKitConfig,
  ChatKitPanel,
  ChatKitProvider,
  type ChatUser,
} from 'nestjs-chatkit-react';
import 'nestjs-chatkit-react/style.css';

const config = chatKitConfig({
  url: '/chatkit',
  healthUrl: '/health/ready',
  loginUrl: '/auth/login',
  // the page brings the script itself, unless a test wants the library to
  scriptUrl: new URLSearchParams(window.location.search).get('script'),
});

interface SessionAnswer {
  readonly signed_in: boolean;
  readonly user?: ChatUser;
}

/** Undefined until the server has said who is signed in. */
function useMember(): ChatUser | null | undefined {
  const [member, setMember] = useState<ChatUser | null>();
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const answer = (await (await fetch('/auth/session')).json()) as SessionAnswer;
      setMember(answer.user ?? null);
    };
    void ask();
  }, []);
  return member;
}

function Page() {
  return (
    <ChatKitProvider>
      <article>
        <h1>Tides</h1>
        <p id="text">The moon pulls the sea towards itself.</p>
        <label>
          Notes <textarea id="notes" defaultValue="Mine alone" />
        </label>
        <div style={{ height: '200vh' }} />
      </article>
      <AskAboutSelection />
      <ChatKitPanel config={config} user={useMember()} />
    </ChatKitProvider>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
}
