import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { useAvailability } from '../../client/index.js';
import { AdminPage } from './admin-page.js';
import { brandOf } from './articles/brands.js';
import { ArticlePage } from './article-page.js';
import { ChatDock } from './chat-dock.js';
import { useChatPlace } from './chat-place.js';
import type { Question } from './chat/question.js';
import { watchSelection } from './chat/selection.js';
import { usePageHands } from './chat/use-page-hands.js';
import { useFeatures } from './features.js';
import { HomePage, NotFoundPage } from './home-page.js';
import { signOut } from './member.js';
import type { Member } from './member.js';
import { TRY_PATH, adminSection, articleSlug, usePath } from './router.js';
import { SelectionButton } from './selection-button.js';
import type { Appearance } from './theme.js';
import { rememberThread } from './thread-memory.js';
import { TopBar } from './top-bar.js';
import { TryPage } from './try/try-page.js';
import { usePageMeta } from './use-page-meta.js';

const TITLES: Readonly<Record<string, string>> = { '/': 'Home', [TRY_PATH]: 'What the assistant can do' };

interface PortalProps {
  readonly member: Member;
  readonly appearance: Appearance;
  readonly onRefused: () => void;
}

/** Everything that a member sees. */
export function Portal({ member, appearance, onRefused }: PortalProps) {
  const path = usePath();
  const brand = brandOf(member.tenantId);
  const slug = articleSlug(path);
  const article = brand.articles.find((entry) => entry.slug === slug);
  const section = member.admin ? adminSection(path) : undefined;
  const features = useFeatures();
  const chat = useChatPlace();
  const [monitor, availability] = useAvailability('/health/ready');
  const [question, setQuestion] = useState<Question>();
  const { accent, highlighted, toast, hands } = usePageHands();
  const content = useRef<HTMLElement>(null);
  const ask = (prompt: string): void => setQuestion({ demo: { prompt } });
  const covered = chat.open && chat.place === 'covering';
  const title = article?.title ?? (section && 'Administration') ?? TITLES[path] ?? 'Not found';
  usePageMeta(title, member.tenantName, article?.summary ?? brand.tagline);
  useEffect(watchSelection, []);
  useEffect(() => {
    // the link that led here is gone, and the keyboard goes on from what it has led to
    if (document.activeElement === document.body) content.current?.focus({ preventScroll: true });
  }, [path]);
  const leave = async (): Promise<void> => {
    const next = await signOut().catch(() => '/');
    rememberThread(member, null);
    window.location.assign(next);
  };
  const page = (): ReactNode => {
    if (article) {
      const others = brand.articles.filter((entry) => entry !== article);
      return <ArticlePage article={article} others={others} onAsk={ask} />;
    }
    if (path === '/') return <HomePage member={member} brand={brand} demo={features.demo} />;
    if (path === TRY_PATH) {
      const { attachments } = features;
      return (
        <TryPage
          assistant={brand.assistant}
          attachments={attachments}
          onTry={(demo) => setQuestion({ demo })}
        />
      );
    }
    if (section === undefined) return <NotFoundPage />;
    const { scheme } = appearance;
    return <AdminPage {...{ member, brand, section, scheme, availability, monitor, onRefused }} />;
  };
  return (
    <div className="portal" data-brand={brand.name} data-accent={accent}>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <TopBar
        {...{ member, path, appearance, chat, covered }}
        demo={features.demo}
        signOut={() => void leave()}
      />
      <main
        id="content"
        tabIndex={-1}
        ref={content}
        inert={covered}
        data-highlight={highlighted || undefined}
      >
        {page()}
      </main>
      <SelectionButton onAsk={ask} />
      <ChatDock
        {...{ member, brand, article, features, question, accent, hands, onRefused }}
        {...{ availability, monitor }}
        place={chat}
        scheme={appearance.scheme}
      />
      <p className="toast" role="status">
        {toast}
      </p>
    </div>
  );
}
