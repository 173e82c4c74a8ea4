import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { fits, groupEntries } from '../session/word-search.js';
import type { WordEntry, WordSearch, WordSearchState } from '../session/word-search.js';
import { useView } from './context.js';
import type { TextKey } from './context.js';
import type { Span } from './editor/selection.js';
import { Icon } from './icon.js';
import { useRoomAbove } from './use-room-above.js';

export interface WordMenu<T extends WordEntry> {
  readonly open: boolean;
  /** Names the list. */
  readonly title: TextKey;
  readonly state: WordSearchState<T>;
  /** For the text field: the ids of the list and of its active option. */
  readonly list: { readonly id: string; readonly active: string } | undefined;
  readonly optionId: (at: number) => string;
  readonly active: number;
  readonly activate: (at: number) => void;
  readonly pick: (entry: T) => void;
  /** Tells whether the key was for the menu. */
  readonly takeKey: (event: KeyboardEvent) => boolean;
}

export interface WordMenuSource<T extends WordEntry> {
  readonly title: TextKey;
  readonly search: WordSearch<T>;
  readonly shown: ReadonlySignal<WordSearchState<T>>;
  /** Puts the entry in the place of the word. */
  readonly choose: (entry: T, word: Span) => void;
}

/** The list that completes a word such as `@ada`, driven from the text field. */
export function useWordMenu<T extends WordEntry>(source: WordMenuSource<T>): WordMenu<T> {
  const { title, search, shown, choose } = source;
  const { announcement, t } = useView();
  const { start, status } = shown.value;
  const [active, activate] = useState(0);
  const entries = groupEntries(shown.value.entries).flatMap(({ members }) => members);
  const open = start !== undefined;
  const ready = open && status === 'found';
  const optionId = (at: number): string => `${title}-${at}`;

  // At once with what is shown: later it would take back what a key has marked since.
  useLayoutEffect(() => activate(0), [shown.value.entries, ready]);
  useEffect(() => {
    if (!ready) return;
    const count = entries.length;
    announcement.value = count === 0 ? t('nothingFound') : t('foundCount', { count });
  }, [shown.value.entries, ready]);

  const pick = (entry: T): void => {
    // What is shown may be a frame behind the text.
    const { start: from, query } = search.state.value;
    if (from !== undefined) choose(entry, { start: from, end: from + 1 + query.length });
  };
  const isFound = (entry: T | undefined): boolean => {
    const { status: now, query } = search.state.value;
    return now !== 'searching' || (entry !== undefined && fits(entry, query));
  };
  const takeKey = (event: KeyboardEvent): boolean => {
    if (search.state.value.start === undefined) return false;
    const chosen = entries[active];
    switch (event.key) {
      case 'Escape':
        event.stopPropagation();
        search.dismiss();
        return true;
      case 'ArrowDown':
      case 'ArrowUp': {
        if (entries.length === 0) return false;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        activate((active + step + entries.length) % entries.length);
        return true;
      }
      case 'Enter':
      case 'Tab':
        if (event.shiftKey) return false;
        // What an earlier query found may not be what is meant; the right one is on its way.
        if (!isFound(chosen)) return event.key === 'Enter';
        if (chosen) pick(chosen);
        return chosen !== undefined;
      default:
        return false;
    }
  };
  const list = open && entries.length > 0 ? { id: title, active: optionId(active) } : undefined;
  return { open, title, state: shown.value, list, optionId, active, activate, pick, takeKey };
}

export function WordMenuList<T extends WordEntry>({ menu }: { menu: WordMenu<T> }) {
  const { t } = useView();
  const { status, entries } = menu.state;
  const popup = useRoomAbove<HTMLDivElement>();
  useEffect(() => {
    popup.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [menu.active]);
  if (entries.length === 0) {
    const note = status === 'searching' ? 'searching' : status === 'failed' ? 'searchFailed' : 'nothingFound';
    return (
      <div class="popup wide">
        <p class="popup-note">{t(note)}</p>
      </div>
    );
  }
  let at = -1;
  return (
    <div
      class="popup wide"
      role="listbox"
      id={menu.title}
      aria-label={t(menu.title)}
      aria-busy={status === 'searching'}
      ref={popup}
    >
      {groupEntries(entries).map(({ name, members }) => (
        <div role="group" aria-label={name ?? t(menu.title)} key={name ?? ''}>
          {name !== undefined && (
            <div class="popup-title" aria-hidden="true">
              {name}
            </div>
          )}
          {members.map((entry) => {
            at += 1;
            return <Option entry={entry} at={at} menu={menu} key={entry.id} />;
          })}
        </div>
      ))}
    </div>
  );
}

function Option<T extends WordEntry>({ entry, at, menu }: { entry: T; at: number; menu: WordMenu<T> }) {
  return (
    <div
      role="option"
      id={menu.optionId(at)}
      class="popup-entry"
      aria-selected={menu.active === at}
      // The caret stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => menu.activate(at)}
      onClick={() => menu.pick(entry)}
    >
      <Icon name={entry.icon ?? 'dot'} />
      <span class="grow">
        {entry.title}
        {entry.description !== undefined && <small>{entry.description}</small>}
      </span>
    </div>
  );
}
