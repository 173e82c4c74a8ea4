import { ArticleCards } from './article-card.js';
import type { Brand } from './articles/types.js';
import { Icon } from './icons.js';
import { Link } from './link.js';
import type { Member } from './member.js';
import { ADMIN_PATH, TRY_PATH } from './router.js';

interface HomePageProps {
  readonly member: Member;
  readonly brand: Brand;
  /** Whether there is something to try. */
  readonly demo: boolean;
}

export function HomePage({ member, brand, demo }: HomePageProps) {
  const firstName = member.name.split(/\s/)[0] ?? member.name;
  return (
    <div className="page">
      <section className="hero">
        <p className="eyebrow">{member.tenantName}</p>
        <h1>Welcome back, {firstName}</h1>
        <p className="lead">{brand.tagline}</p>
      </section>
      <section aria-labelledby="articles-title">
        <h2 id="articles-title">Good to know</h2>
        <ArticleCards articles={brand.articles} />
      </section>
      {demo && (
        <section className="invitation" aria-labelledby="try-title">
          <div>
            <h2 id="try-title">What the assistant can do</h2>
            <p>Cards, forms, pictures, questions: try each of them in the chat.</p>
          </div>
          <Link to={TRY_PATH} className="button primary">
            Try it <Icon name="arrow" />
          </Link>
        </section>
      )}
      {member.admin && (
        <section className="invitation plain" aria-labelledby="admin-title">
          <div>
            <h2 id="admin-title">You administer {member.tenantName}</h2>
            <p>See how the assistant is used, and give it the documents it answers from.</p>
          </div>
          <Link to={ADMIN_PATH} className="button">
            Open administration <Icon name="arrow" />
          </Link>
        </section>
      )}
    </div>
  );
}

export function NotFoundPage() {
  return (
    <div className="page">
      <section className="hero">
        <h1>This page does not exist</h1>
        <p className="lead">It may have moved, or the address has a slip in it.</p>
        <Link to="/" className="button">
          <Icon name="back" /> To the start
        </Link>
      </section>
    </div>
  );
}
