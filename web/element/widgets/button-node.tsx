import { useEffect, useRef, useState } from 'preact/hooks';
import { readAction } from '../session/actions.js';
import { filled, oneOf, text } from '../session/json.js';
import { Icon } from '../view/icon.js';
import type { NodeProps } from './node.js';
import { useWidget } from './widget-context.js';

const COLORS = [
  'primary',
  'secondary',
  'info',
  'discovery',
  'success',
  'caution',
  'warning',
  'danger',
] as const;
const SIZES = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'] as const;

/** A button of a widget; it shows that it works until its action has ended. */
export function ButtonNode({ node }: Required<NodeProps>) {
  const { act } = useWidget();
  const [loading, setLoading] = useState(false);
  const mounted = useRef(true);
  useEffect(
    () => () => {
      mounted.current = false;
    },
    [],
  );
  const action = readAction(node.onClickAction);
  const shows = action?.loadingBehavior === 'auto' || action?.loadingBehavior === 'self';
  const run = (element: Element): void => {
    if (!action) return;
    if (shows) setLoading(true);
    void act(node.onClickAction, node, element).finally(() => {
      if (mounted.current) setLoading(false);
    });
  };
  const style = oneOf(node.style, ['primary', 'secondary'], 'secondary');
  const tone = oneOf(node.color, COLORS, style);
  const variant = oneOf(
    node.variant,
    ['solid', 'soft', 'outline', 'ghost'],
    style === 'primary' ? 'solid' : 'outline',
  );
  const flags = ['pill', 'uniform', 'block'].filter((flag) => node[flag] === true).join(' ');
  const label = filled(node.label);
  const start = text(node.iconStart);
  const end = text(node.iconEnd);
  return (
    <button
      type={node.submit === true ? 'submit' : 'button'}
      class={`w-button tone-${tone} ${variant} size-${oneOf(node.size, SIZES, 'lg')} ${flags}`}
      disabled={node.disabled === true || loading}
      aria-busy={loading}
      aria-label={label === undefined ? (start ?? end ?? 'Button').replaceAll('-', ' ') : undefined}
      onClick={(event) => run(event.currentTarget)}
    >
      {loading && <span class="spinner" aria-hidden="true" />}
      {start !== undefined && !loading && <Icon name={start} />}
      {label}
      {end !== undefined && <Icon name={end} />}
    </button>
  );
}
