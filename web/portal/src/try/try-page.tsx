import { Icon } from '../icons.js';
import { DEMO_GROUPS } from './demos.js';
import type { Demo, DemoGroup } from './demos.js';

interface TryPageProps {
  readonly assistant: string;
  /** Whether files can be attached. */
  readonly attachments: boolean;
  readonly onTry: (demo: Demo) => void;
}

/** One card for everything that the assistant can show. */
export function TryPage({ assistant, attachments, onTry }: TryPageProps) {
  return (
    <div className="page">
      <section className="hero">
        <p className="eyebrow">{assistant}</p>
        <h1>What the assistant can do</h1>
        <p className="lead">
          Each card asks the assistant something in a new conversation. You could type the same yourself.
        </p>
      </section>
      {DEMO_GROUPS.map((group) => (
        <Group key={group.name} group={group} attachments={attachments} onTry={onTry} />
      ))}
    </div>
  );
}

type GroupProps = Omit<TryPageProps, 'assistant'> & { readonly group: DemoGroup };

function Group({ group, attachments, onTry }: GroupProps) {
  const demos = group.demos.filter(({ file }) => attachments || file === undefined);
  const id = `group-${group.name.toLowerCase().replaceAll(/\W+/g, '-')}`;
  return (
    <section className="demo-group" aria-labelledby={id}>
      <div className="demo-head">
        <span className="demo-icon" aria-hidden="true">
          <Icon name={group.icon} />
        </span>
        <div>
          <h2 id={id}>{group.name}</h2>
          <p>{group.text}</p>
        </div>
      </div>
      <ul className="demos">
        {demos.map((demo) => (
          <li key={demo.title}>
            <button type="button" className="demo" onClick={() => onTry(demo)}>
              <span className="demo-title">{demo.title}</span>
              <span className="demo-text">{demo.text}</span>
              <span className="demo-prompt">
                {demo.prompt.trim()}
                {demo.mention && ' @…'} <Icon name="arrow" />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
