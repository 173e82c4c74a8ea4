import { useState } from 'preact/hooks';
import { filled, isRecord, oneOf, record } from '../session/json.js';
import { useView } from '../view/context.js';
import { boxStyle } from './box-style.js';
import { borders, color, css, space } from './css-values.js';
import { Status } from './images.js';
import { Children } from './node.js';
import type { NodeProps } from './node.js';
import { schemeOf } from './scheme.js';
import { useAction } from './use-action.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

/** The frame of most widgets; as a form, its buttons send what was entered inside. */
export function Card({ node, depth }: Props) {
  const { dark } = useWidget();
  const { run } = useAction(node);
  const shell = {
    class: `w-card width-${oneOf(node.size, ['sm', 'md', 'lg', 'full'], 'md')}`,
    style: css({ background: color(node.background, dark), ...borders(node.border, dark) }),
    'data-scheme': schemeOf(node),
  };
  const choose = (choice: unknown, element: Element): void => run(record(choice).action, element);
  const inside = (
    <>
      <Status status={node.status} />
      <CardBody node={node} depth={depth} />
      <CardActions node={node} choose={choose} />
    </>
  );
  if (node.asForm !== true) return <div {...shell}>{inside}</div>;
  return (
    <form
      {...shell}
      onSubmit={(event) => {
        event.preventDefault();
        choose(node.confirm, event.currentTarget);
      }}
    >
      {inside}
    </form>
  );
}

/** What is inside; folded away once the card has done its work, until somebody wants to see it again. */
function CardBody({ node, depth }: Props) {
  const { t } = useView();
  const { dark } = useWidget();
  const [open, setOpen] = useState(false);
  const { padding } = node;
  const edge = isRecord(padding) ? (padding.left ?? padding.x) : padding;
  const style = {
    ...boxStyle({ type: 'Card', padding }, 'column', dark),
    ...css({ '--w-pad': space(edge) }),
  };
  const folded = node.collapsed === true;
  return (
    <>
      <div class="w-card-body" style={style} hidden={folded && !open}>
        <Children node={node} depth={depth} />
      </div>
      {folded && (
        <button type="button" class="text-button w-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'showLess' : 'showMore')}
        </button>
      )}
    </>
  );
}

interface ActionsProps {
  readonly node: Props['node'];
  readonly choose: (choice: unknown, element: Element) => void;
}

function CardActions({ node, choose }: ActionsProps) {
  const confirm = filled(record(node.confirm).label);
  const cancel = filled(record(node.cancel).label);
  if (confirm === undefined && cancel === undefined) return null;
  const form = node.asForm === true;
  return (
    <div class="w-card-actions">
      {cancel !== undefined && (
        <button type="button" class="button" onClick={(event) => choose(node.cancel, event.currentTarget)}>
          {cancel}
        </button>
      )}
      {confirm !== undefined && (
        <button
          type={form ? 'submit' : 'button'}
          class="button primary"
          onClick={form ? undefined : (event) => choose(node.confirm, event.currentTarget)}
        >
          {confirm}
        </button>
      )}
    </div>
  );
}
