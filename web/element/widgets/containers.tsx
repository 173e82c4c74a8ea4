import type { ComponentChildren } from 'preact';
import type { WidgetNode } from '../session/wire.js';
import { boxStyle, flowStyle } from './box-style.js';
import { color, css, size, space } from './css-values.js';
import { Children } from './node.js';
import type { NodeProps } from './node.js';
import { schemeOf } from './scheme.js';
import { useAction } from './use-action.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

function directionOf(node: WidgetNode, fallback: 'row' | 'column'): 'row' | 'column' {
  if (node.direction === 'row') return 'row';
  return node.direction === 'col' ? 'column' : fallback;
}

export function Basic({ node, depth }: Props) {
  const style = css({ display: 'flex', flexDirection: directionOf(node, 'column'), ...flowStyle(node) });
  return (
    <div class="w-basic" style={style} data-scheme={schemeOf(node)}>
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
  const { dark } = useWidget();
  const { run } = useAction(node);
  return (
    <form
      class="w-column"
      style={boxStyle(node, directionOf(node, 'column'), dark)}
      onSubmit={(event) => {
        event.preventDefault();
        run(node.onSubmitAction, event.currentTarget);
      }}
    >
      <Children node={node} depth={depth} />
    </form>
  );
}

/** Room that pushes apart what is around it, along the direction of the container. */
export function Spacer({ node }: Props) {
  const least = size(node.minSize);
  return <div class="w-spacer" style={css({ flex: least === undefined ? undefined : `1 0 ${least}` })} />;
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
