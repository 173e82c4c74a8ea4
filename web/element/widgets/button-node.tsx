import { isRecord, filled, oneOf, text } from '../session/json.js';
import { Icon } from '../view/icon.js';
import type { NodeProps } from './node.js';
import { useAction } from './use-action.js';

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
export const SIZES = ['3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'] as const;
const ICON_SIZES = { sm: '14px', md: '16px', lg: '18px', xl: '20px', '2xl': '24px' } as const;

/** A button of a widget; it shows that it works until its action has ended. */
export function ButtonNode({ node }: Required<NodeProps>) {
  const { busy, run } = useAction(node);
  const submit = node.submit === true;
  const onClick = (event: MouseEvent & { readonly currentTarget: HTMLButtonElement }): void => {
    const button = event.currentTarget;
    if (busy) event.preventDefault();
    // A submit button without an action of its own leaves it to its form.
    if (busy || !isRecord(node.onClickAction)) return;
    if (submit) {
      // The browser says what is missing.
      if (button.form?.checkValidity() === false) return;
      event.preventDefault();
    }
    run(node.onClickAction, button);
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
  const iconSize = ICON_SIZES[oneOf(node.iconSize, ['sm', 'md', 'lg', 'xl', '2xl'], 'md')];
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={`w-button tone-${tone} ${variant} size-${oneOf(node.size, SIZES, 'lg')} ${flags}`}
      disabled={node.disabled === true}
      aria-disabled={busy || undefined}
      aria-busy={busy}
      aria-label={label === undefined ? (start ?? end ?? 'Button').replaceAll('-', ' ') : undefined}
      onClick={onClick}
    >
      {busy && <span class="spinner" aria-hidden="true" />}
      {start !== undefined && !busy && <Icon name={start} size={iconSize} />}
      {label}
      {end !== undefined && <Icon name={end} size={iconSize} />}
    </button>
  );
}
