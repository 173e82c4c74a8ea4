import type { Ref } from 'preact';
import { Icon } from './icon.js';

interface IconButtonProps {
  /** Accessible name, shown as a tooltip too. */
  readonly name: string;
  readonly icon: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly expanded?: boolean;
  readonly small?: boolean;
  readonly tone?: 'accent' | 'accent filled' | 'plain';
  readonly innerRef?: Ref<HTMLButtonElement>;
}

/** A button that shows an icon and is named for everyone else. */
export function IconButton(props: IconButtonProps) {
  const { name, icon, onClick, disabled, pressed, expanded, small, tone = 'plain', innerRef } = props;
  return (
    <button
      type="button"
      class={`icon-button ${tone}${small ? ' small' : ''}`}
      aria-label={name}
      title={name}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      onClick={onClick}
      ref={innerRef ?? null}
    >
      <Icon name={icon} />
    </button>
  );
}
