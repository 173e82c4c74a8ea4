import type { RefObject } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon } from '../view/icon.js';
import type { Choice } from './choice-fields.js';
import { SelectPopup } from './select-popup.js';
import type { useField } from './use-field.js';
import { keyHandler } from '../view/key-handler.js';

interface Props {
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly placeholder: string;
  readonly searchable: boolean;
  readonly look: string;
  readonly name: string;
  readonly shared: ReturnType<typeof useField>['shared'];
  readonly around: RefObject<HTMLSpanElement | null>;
  readonly choose: (value: string, element: Element) => void;
}

/** A choice of one from a list of our own, which can describe its options and be searched. */
export function SelectList(props: Props) {
  const { choices, value, placeholder, searchable, look, name, shared, around, choose } = props;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const shown = choices.find((choice) => choice.value === value)?.label;
  const { id, disabled, 'data-name': field, 'data-key': key, 'aria-busy': busy } = shared;
  const label = shared['aria-label'];
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onFocusOut = ({ relatedTarget: to }: FocusEvent): void => {
    if (!(to instanceof Node && around.current?.contains(to))) setOpen(false);
  };
  return (
    <span class={`w-select ${look.includes('block') ? 'block' : ''}`} ref={around} onFocusOut={onFocusOut}>
      <input type="hidden" data-name={field} value={value} disabled={disabled} />
      <button
        type="button"
        class={look}
        id={id}
        data-key={key}
        disabled={disabled}
        ref={button}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-busy={busy}
        aria-label={label === undefined ? undefined : `${label}${shown === undefined ? '' : `: ${shown}`}`}
        onClick={() => setOpen(!open)}
        onKeyDown={keyHandler((event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        })}
      >
        <span class={shown === undefined ? 'grow quiet' : 'grow'}>{shown ?? placeholder}</span>
        <Icon name="chevron-down" />
      </button>
      {open && (
        <SelectPopup
          choices={choices}
          value={value}
          name={name}
          searchable={searchable}
          anchor={button}
          close={close}
          choose={(next) => {
            close();
            if (next !== value && around.current) choose(next, around.current);
          }}
        />
      )}
    </span>
  );
}
