import { Art } from './art.js';
import type { Article, Brand } from './articles/types.js';
import { Icon } from './icons.js';
import { Link } from './link.js';
import type { Member } from './member.js';
import { TRY_PATH } from './router.js';

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
        <ul className="cards">
          {brand.articles.map((article) => (
            <li key={article.slug}>
              <ArticleCard article={article} />
            </li>
          ))}
        </ul>
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
    </div>
  );
}

function ArticleCard({ article }: { article: Article }) {
  return (
    <article className="card">
      <Art seed={article.slug} />
      <div className="card-body">
        <p className="eyebrow">{article.category}</p>
        <h3>
          <Link to={`/articles/${article.slug}`} className="card-link">
            {article.title}
          </Link>
        </h3>
        <p>{article.summary}</p>
        <p className="fine">
          <Icon name="clock" /> {article.minutes} min read
        </p>
      </div>
    </article>
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
