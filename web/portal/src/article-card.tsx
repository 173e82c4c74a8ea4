import { Art } from './art.js';
import type { Article } from './articles/types.js';
import { Icon } from './icons.js';
import { Link } from './link.js';

/** Articles to choose from. */
export function ArticleCards({ articles }: { articles: readonly Article[] }) {
  return (
    <ul className="cards">
      {articles.map((article) => (
        <li key={article.slug}>
          <ArticleCard article={article} />
        </li>
      ))}
    </ul>
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
