import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon.js';
import { useRoomAbove } from './use-room-above.js';
import { keyHandler } from './key-handler.js';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: string;
  readonly description?: string | undefined;
  /** For entries that can be on; those without are plain commands. */
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly choose: () => void;
}

interface MenuButtonProps {
  readonly kind: 'menu' | 'listbox';
  /** Accessible name and tooltip of the button. */
  readonly name: string;
  /** Accessible name of what it opens. */
  readonly title: string;
  readonly class: string;
  readonly align: 'start' | 'end';
  readonly disabled?: boolean;
  readonly entries: readonly MenuEntry[];
  readonly children: ComponentChildren;
}

/** A button that opens a menu or a list to choose from above itself, within the nearest `.popup-frame`. */
export function MenuButton(props: MenuButtonProps) {
  const { kind, name, title, class: look, align, disabled, entries, children } = props;
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const around = useRef<HTMLDivElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onFocusOut = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    if (!(to instanceof Node && around.current?.contains(to))) setOpen(false);
  };
  const onKeyDown = keyHandler((event) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
  });
  return (
    <div class="menu-button" ref={around} onFocusOut={onFocusOut}>
      <button
        type="button"
        class={look}
        aria-label={name}
        title={name}
        aria-haspopup={kind}
        aria-expanded={open}
        disabled={disabled}
        ref={button}
        onClick={() => setOpen(!open)}
        onKeyDown={onKeyDown}
      >
        {children}
      </button>
      {open && <Popup kind={kind} title={title} align={align} entries={entries} close={close} />}
    </div>
  );
}

interface PopupProps extends Pick<MenuButtonProps, 'kind' | 'title' | 'align' | 'entries'> {
  readonly close: () => void;
}

function Popup({ kind, title, align, entries, close }: PopupProps) {
  const popup = useRoomAbove<HTMLDivElement>();
  useLayoutEffect(() => {
    const first = popup.current?.querySelector<HTMLElement>('[aria-checked="true"], [aria-selected="true"]');
    (first ?? itemsOf(popup)[0])?.focus();
  }, []);
  const onKeyDown = keyHandler((event) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      // Escape closes this layer only.
      event.stopPropagation();
      if (event.key === 'Escape') event.preventDefault();
      close();
      return;
    }
    const next = itemFor(event, itemsOf(popup));
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  return (
    <div
      class={`popup at-${align}`}
      role={kind}
      aria-label={title}
      tabIndex={-1}
      ref={popup}
      onKeyDown={onKeyDown}
    >
      {entries.map((entry) => (
        <PopupEntry key={entry.id} kind={kind} entry={entry} close={close} />
      ))}
    </div>
  );
}

function PopupEntry({ kind, entry, close }: Pick<PopupProps, 'kind' | 'close'> & { entry: MenuEntry }) {
  const { label, icon, description, checked, disabled, choose } = entry;
  const on = checked ?? false;
  const state = kind === 'listbox' ? { 'aria-selected': on } : { 'aria-checked': checked };
  const role = kind === 'listbox' ? 'option' : checked === undefined ? 'menuitem' : 'menuitemradio';
  return (
    <button
      type="button"
      class="popup-entry"
      role={role}
      {...state}
      aria-disabled={disabled}
      tabIndex={-1}
      onClick={() => {
        if (disabled === true) return;
        close();
        choose();
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span class="grow">
        {label}
        {description !== undefined && <small>{description}</small>}
      </span>
      {on && <Icon name="check" />}
    </button>
  );
}

function itemsOf(popup: RefObject<HTMLElement | null>): readonly HTMLElement[] {
  return [...(popup.current?.querySelectorAll<HTMLElement>('.popup-entry') ?? [])];
}

/** Where the key leads from the item that has focus; undefined when it leads nowhere. */
function itemFor({ key, target }: KeyboardEvent, items: readonly HTMLElement[]): HTMLElement | undefined {
  const at = items.findIndex((item) => item === target);
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return items[0];
  if (key === 'End') return items.at(-1);
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = key.toLocaleLowerCase();
  const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return order.find((item) => item.textContent.toLocaleLowerCase().startsWith(letter));
}
