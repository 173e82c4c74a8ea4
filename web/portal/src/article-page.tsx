import { Art } from './art.js';
import type { Article } from './articles/types.js';
import { Icon } from './icons.js';
import { Link } from './link.js';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

export function ArticlePage({ article }: { article: Article }) {
  return (
    <div className="page">
      <nav aria-label="Breadcrumb">
        <Link to="/" className="back">
          <Icon name="back" /> All articles
        </Link>
      </nav>
      <article className="article">
        <header>
          <p className="eyebrow">{article.category}</p>
          <h1>{article.title}</h1>
          <p className="lead">{article.summary}</p>
          <p className="fine">
            Updated <time dateTime={article.updated}>{DATE.format(new Date(article.updated))}</time> ·{' '}
            {article.minutes} min read
          </p>
        </header>
        <div className="banner">
          <Art seed={article.slug} />
        </div>
        {article.sections.map(({ heading, paragraphs, points }) => (
          <section key={heading}>
            <h2>{heading}</h2>
            {paragraphs.map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
            {points && (
              <ul>
                {points.map((point) => (
                  <li key={point}>{point}</li>
                ))}
              </ul>
            )}
          </section>
        ))}
      </article>
    </div>
  );
}
