import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { filled, index, isRecord, list, oneOf, record } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { useView } from '../view/context.js';
import { Icon } from '../view/icon.js';
import { boxStyle, flowStyle } from './box-style.js';
import { color, css, size, space } from './css-values.js';
import { Children } from './node.js';
import type { NodeProps } from './node.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

function directionOf(node: WidgetNode, fallback: 'row' | 'column'): 'row' | 'column' {
  if (node.direction === 'row') return 'row';
  return node.direction === 'col' ? 'column' : fallback;
}

function Status({ status }: { status: unknown }) {
  const line = filled(record(status).text);
  if (line === undefined) return null;
  return (
    <div class="w-status">
      <Icon name={filled(record(status).icon) ?? 'sparkle'} />
      {line}
    </div>
  );
}

export function Card({ node, depth }: Props) {
  const { dark, act } = useWidget();
  const { padding, background, border } = node;
  const style = boxStyle({ type: 'Card', padding, background, border }, 'column', dark);
  const wide = oneOf(node.size, ['sm', 'md', 'lg', 'full'], 'md');
  const confirm = isRecord(node.confirm) ? node.confirm : undefined;
  const cancel = isRecord(node.cancel) ? node.cancel : undefined;
  const run = (choice: unknown, element: Element): void => void act(record(choice).action, node, element);
  const body = (
    <>
      <Status status={node.status} />
      <div class="w-card-body" style={style} hidden={node.collapsed === true}>
        <Children node={node} depth={depth} />
      </div>
      {(confirm ?? cancel) && (
        <div class="w-card-actions">
          {cancel && (
            <button type="button" class="button" onClick={(event) => run(cancel, event.currentTarget)}>
              {filled(cancel.label)}
            </button>
          )}
          {confirm && (
            <button
              type={node.asForm === true ? 'submit' : 'button'}
              class="button primary"
              onClick={(event) => {
                if (node.asForm !== true) run(confirm, event.currentTarget);
              }}
            >
              {filled(confirm.label)}
            </button>
          )}
        </div>
      )}
    </>
  );
  if (node.asForm !== true) return <div class={`w-card ${wide}`}>{body}</div>;
  return (
    <form
      class={`w-card ${wide}`}
      onSubmit={(event) => {
        event.preventDefault();
        run(confirm, event.currentTarget);
      }}
    >
      {body}
    </form>
  );
}

export function ListView({ node, depth }: Props) {
  const { t } = useView();
  const [open, setOpen] = useState(false);
  const children = list(node.children);
  const limit = node.limit === 'auto' ? 5 : index(node.limit);
  const cut = !open && limit !== undefined && children.length > limit;
  return (
    <div class="w-card list">
      <Status status={node.status} />
      <ul class="w-list">
        <Children node={cut ? { ...node, children: children.slice(0, limit) } : node} depth={depth} />
      </ul>
      {cut && (
        <button type="button" class="text-button w-more" onClick={() => setOpen(true)}>
          {t('showMore')}
        </button>
      )}
    </div>
  );
}

export function ListViewItem({ node, depth }: Props) {
  const { act } = useWidget();
  const style = css({ ...flowStyle(node) });
  const inside = <Children node={node} depth={depth} />;
  return (
    <li>
      {isRecord(node.onClickAction) ? (
        <button
          type="button"
          class="w-item"
          style={style}
          onClick={(event) => void act(node.onClickAction, node, event.currentTarget)}
        >
          {inside}
        </button>
      ) : (
        <div class="w-item" style={style}>
          {inside}
        </div>
      )}
    </li>
  );
}

export function Basic({ node, depth }: Props) {
  const style = css({ display: 'flex', flexDirection: directionOf(node, 'column'), ...flowStyle(node) });
  return (
    <div class="w-basic" style={style}>
      <Children node={node} depth={depth} />
    </div>
  );
}

function Flex({
  node,
  direction,
  children,
}: {
  node: WidgetNode;
  direction: 'row' | 'column';
  children: ComponentChildren;
}) {
  const { dark } = useWidget();
  return (
    <div class={`w-${direction}`} style={boxStyle(node, direction, dark)}>
      {children}
    </div>
  );
}

export function Box({ node, depth }: Props) {
  return (
    <Flex node={node} direction={directionOf(node, 'column')}>
      <Children node={node} depth={depth} />
    </Flex>
  );
}

export function Row({ node, depth }: Props) {
  return (
    <Flex node={node} direction="row">
      <Children node={node} depth={depth} />
    </Flex>
  );
}

export function Col({ node, depth }: Props) {
  return (
    <Flex node={node} direction="column">
      <Children node={node} depth={depth} />
    </Flex>
  );
}

export function Form({ node, depth }: Props) {
  const { dark, act } = useWidget();
  return (
    <form
      class="w-column"
      style={boxStyle(node, directionOf(node, 'column'), dark)}
      onSubmit={(event) => {
        event.preventDefault();
        void act(node.onSubmitAction, node, event.currentTarget);
      }}
    >
      <Children node={node} depth={depth} />
    </form>
  );
}

export function Spacer({ node }: Props) {
  return (
    <div class="w-spacer" style={css({ minWidth: size(node.minSize), minHeight: size(node.minSize) })} />
  );
}

export function Divider({ node }: Props) {
  const { dark } = useWidget();
  const style = css({
    borderTopWidth: size(node.size),
    borderTopColor: color(node.color, dark),
    marginTop: space(node.spacing),
    marginBottom: space(node.spacing),
  });
  return <hr class={`w-divider${node.flush === true ? ' flush' : ''}`} style={style} />;
}
