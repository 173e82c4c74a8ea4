import { useId } from 'react';
import type { ReactNode } from 'react';
import { Icon } from '../icons.js';
import type { IconName } from '../icons.js';
import type { Loaded } from './use-load.js';

interface PanelProps {
  readonly title: string;
  readonly text?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of the page with a name. */
export function Panel({ title, text, className = '', children }: PanelProps) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header className="panel-head">
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p>{text}</p>}
      </header>
      {children}
    </section>
  );
}

/** What there is to see when there is nothing yet. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <div className="empty">
      <span className="demo-icon" aria-hidden="true">
        <Icon name={icon} />
      </span>
      <p className="empty-title">{title}</p>
      <p>{children}</p>
    </div>
  );
}

interface LoadingProps<T> {
  readonly what: string;
  readonly loaded: Loaded<T>;
  readonly children: (data: T) => ReactNode;
}

/** Shows what came; until then that it is coming, also when that takes long, or why it did not. */
export function Loading<T>({ what, loaded, children }: LoadingProps<T>) {
  const { data, problem, loading, again } = loaded;
  return (
    <>
      {problem !== undefined && (
        <div className="alert" role="alert">
          <p>
            {what} could not be loaded: {problem}.
          </p>
          <button type="button" className="button" onClick={again}>
            Try again
          </button>
        </div>
      )}
      {data !== undefined && <div aria-busy={loading}>{children(data)}</div>}
      {data === undefined && loading && (
        <div className="skeleton" role="status">
          <span className="sr">Loading {what.toLowerCase()}</span>
          <p className="slow">This takes longer than usual.</p>
        </div>
      )}
    </>
  );
}
