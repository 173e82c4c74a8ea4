import { useEffect, useState } from 'react';
import { brandOf } from './articles/brands.js';
import type { Article } from './articles/types.js';
import { ArticlePage } from './article-page.js';
import { ChatDock } from './chat-dock.js';
import type { Question } from './chat/question.js';
import { watchSelection } from './chat/selection.js';
import { usePageHands } from './chat/use-page-hands.js';
import { useFeatures } from './features.js';
import type { Features } from './features.js';
import { HomePage, NotFoundPage } from './home-page.js';
import { fetchMember, signOut } from './member.js';
import type { Member, SignIn } from './member.js';
import { TRY_PATH, articleSlug, usePath } from './router.js';
import { SignInPage } from './sign-in-page.js';
import { useScheme } from './theme.js';
import type { Scheme } from './theme.js';
import { rememberThread } from './thread-memory.js';
import { TopBar } from './top-bar.js';
import { TryPage } from './try/try-page.js';
import { usePageMeta } from './use-page-meta.js';

const ENDED = 'Your session has ended. Sign in again to go on where you were.';
const UNKNOWN = 'The portal could not find out who you are. Reload the page, or sign in again.';

/** The portal: who is signed in decides between the sign-in page and everything else. */
export function App() {
  const [signIn, setSignIn] = useState<SignIn>({ status: 'loading' });
  const [scheme, toggleScheme] = useScheme();
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
          scheme={scheme}
          toggleScheme={toggleScheme}
          onRefused={() => void lookAgain()}
        />
      );
    case 'signed-out':
      return <SignInPage {...(signIn.ended ? { problem: ENDED } : {})} />;
    default:
      return <SignInPage problem={UNKNOWN} />;
  }
}

interface PortalProps {
  readonly member: Member;
  readonly scheme: Scheme;
  readonly toggleScheme: () => void;
  readonly onRefused: () => void;
}

function Portal({ member, scheme, toggleScheme, onRefused }: PortalProps) {
  const path = usePath();
  const brand = brandOf(member.tenantId);
  const slug = articleSlug(path);
  const article = brand.articles.find((entry) => entry.slug === slug);
  const features = useFeatures();
  const [question, setQuestion] = useState<Question>();
  const { accent, highlighted, toast, hands } = usePageHands();
  const title = article?.title ?? (path === TRY_PATH ? 'What the assistant can do' : 'Home');
  usePageMeta(title, member.tenantName, article?.summary ?? brand.tagline);
  useEffect(watchSelection, []);
  const leave = async (): Promise<void> => {
    const next = await signOut().catch(() => '/');
    rememberThread(member, null);
    window.location.assign(next);
  };
  return (
    <div className="portal" data-brand={brand.name} data-accent={accent}>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <TopBar member={member} scheme={scheme} toggleScheme={toggleScheme} signOut={() => void leave()} />
      <main id="content" tabIndex={-1} data-highlight={highlighted || undefined}>
        <Page path={path} article={article} member={member} features={features} onAsk={setQuestion} />
      </main>
      <ChatDock
        member={member}
        brand={brand}
        scheme={scheme}
        article={article}
        features={features}
        question={question}
        accent={accent}
        hands={hands}
        onRefused={onRefused}
      />
      <p className="toast" role="status">
        {toast}
      </p>
    </div>
  );
}

interface PageProps {
  readonly path: string;
  readonly article: Article | undefined;
  readonly member: Member;
  readonly features: Features;
  readonly onAsk: (question: Question) => void;
}

function Page({ path, article, member, features, onAsk }: PageProps) {
  const brand = brandOf(member.tenantId);
  if (article) return <ArticlePage article={article} />;
  if (path === '/') return <HomePage member={member} brand={brand} demo={features.demo} />;
  if (path !== TRY_PATH) return <NotFoundPage />;
  return (
    <TryPage
      assistant={brand.assistant}
      attachments={features.attachments}
      onTry={(demo) => onAsk({ demo })}
    />
  );
}
