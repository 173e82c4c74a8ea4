import type { RefObject } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useView } from '../view/context.js';
import { Icon } from '../view/icon.js';
import type { Choice } from './choice-fields.js';
import { keyHandler } from '../view/key-handler.js';

interface Props {
  readonly choices: readonly Choice[];
  readonly value: string;
  readonly name: string;
  readonly searchable: boolean;
  readonly anchor: RefObject<HTMLElement | null>;
  readonly close: () => void;
  readonly choose: (value: string) => void;
}

/** Pixels between the list and the field. */
const GAP = 4;

/** The open list of a field. The focus stays in one place; keys move the mark. */
export function SelectPopup({ choices, value, name, searchable, anchor, close, choose }: Props) {
  const { t } = useView();
  const [query, setQuery] = useState('');
  const words = query.trim().toLocaleLowerCase();
  const found = choices.filter(({ label, description = '' }) =>
    `${label} ${description}`.toLocaleLowerCase().includes(words),
  );
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      choices.findIndex((choice) => choice.value === value),
    ),
  );
  const marked = Math.min(at, found.length - 1);
  const id = useId();
  const popup = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!popup.current || !anchor.current) return;
    popup.current.showPopover();
    place(popup.current, anchor.current);
    popup.current.querySelector<HTMLElement>('[data-focus]')?.focus();
  }, []);
  useLayoutEffect(() => {
    popup.current?.querySelector('.marked')?.scrollIntoView({ block: 'nearest' });
  }, [marked, query]);

  const onKeyDown = keyHandler((event) => {
    const to = target(event.key, marked, found.length, searchable);
    if (to !== undefined) setAt(to);
    else if (event.key === 'Enter') pick(found[marked]);
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
  });
  const pick = (choice: Choice | undefined): void => {
    if (choice && !choice.disabled) choose(choice.value);
  };
  const shared = {
    'data-focus': true,
    'aria-activedescendant': marked >= 0 ? `${id}-${marked}` : undefined,
    onKeyDown,
  };
  return (
    <div class="w-popup" popover="manual" ref={popup}>
      {searchable && (
        <input
          {...shared}
          class="field size-md"
          role="combobox"
          aria-label={t('searchIn', { name })}
          aria-autocomplete="list"
          aria-expanded
          aria-controls={id}
          placeholder={t('search')}
          autoComplete="off"
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setAt(0);
          }}
        />
      )}
      <div
        {...(searchable ? {} : { ...shared, tabIndex: 0 })}
        class="w-popup-list"
        role="listbox"
        id={id}
        aria-label={name}
      >
        {found.map((choice, place) => (
          <div
            class={place === marked ? 'popup-entry marked' : 'popup-entry'}
            role="option"
            id={`${id}-${place}`}
            aria-selected={choice.value === value}
            aria-disabled={choice.disabled || undefined}
            // The focus stays where it is.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => pick(choice)}
          >
            <span class="grow">
              {choice.label}
              {choice.description !== undefined && <small>{choice.description}</small>}
            </span>
            {choice.value === value && <Icon name="check" />}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <p class="popup-note" role="status">
          {t('nothingFound')}
        </p>
      )}
    </div>
  );
}

/** Where a key leads in the list; undefined when it leads nowhere. */
function target(key: string, at: number, count: number, searchable: boolean): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (at + 1) % count;
  if (key === 'ArrowUp') return at <= 0 ? count - 1 : at - 1;
  if (searchable) return undefined;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

/** Puts the list below its field or, where there is no room, above it. */
function place(popup: HTMLElement, anchor: HTMLElement): void {
  const around = anchor.getBoundingClientRect();
  const { height } = popup.getBoundingClientRect();
  const below = around.bottom + GAP;
  const top = below + height <= window.innerHeight ? below : Math.max(GAP, around.top - GAP - height);
  popup.style.setProperty('top', `${top}px`);
  popup.style.setProperty('left', `${around.left}px`);
  popup.style.setProperty('min-width', `${around.width}px`);
}
