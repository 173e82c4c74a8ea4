import { Art } from './art.js';
import { ArticleCards } from './article-card.js';
import type { Article } from './articles/types.js';
import { Icon } from './icons.js';
import { Link } from './link.js';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

interface ArticlePageProps {
  readonly article: Article;
  /** What there is to read besides. */
  readonly others: readonly Article[];
  readonly onAsk: (prompt: string) => void;
}

function anchor(heading: string): string {
  return heading.toLowerCase().replaceAll(/\W+/g, '-');
}

export function ArticlePage({ article, others, onAsk }: ArticlePageProps) {
  return (
    <div className="page">
      <nav aria-label="Breadcrumb">
        <Link to="/" className="back">
          <Icon name="back" /> All articles
        </Link>
      </nav>
      <div className="reading">
        <Contents article={article} />
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
            <section key={heading} aria-labelledby={anchor(heading)}>
              <h2 id={anchor(heading)}>{heading}</h2>
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
          <p className="article-ask">
            <button
              type="button"
              className="button"
              onClick={() => onAsk('What is most important on this page?')}
            >
              <Icon name="chat" /> Ask about this page
            </button>
          </p>
        </article>
      </div>
      <section className="more" aria-labelledby="more-title">
        <h2 id="more-title">More to read</h2>
        <ArticleCards articles={others} />
      </section>
    </div>
  );
}

function Contents({ article }: { article: Article }) {
  return (
    <nav className="contents" aria-label="On this page">
      <p aria-hidden="true">On this page</p>
      <ul>
        {article.sections.map(({ heading }) => (
          <li key={heading}>
            <a href={`#${anchor(heading)}`}>{heading}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
