import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { groupEntities, tagOf } from '../session/entity.js';
import type { EntityInfo } from '../session/entity.js';
import { joinRich, plainRich, tagRich } from '../session/rich-text.js';
import { useView } from './context.js';
import type { RichField } from './editor/field.js';
import { Icon } from './icon.js';
import { useRoomAbove } from './use-room-above.js';

const LIST_ID = 'mentions';
const optionId = (at: number): string => `mention-${at}`;

export interface TagMenu {
  readonly open: boolean;
  /** For the text field: the ids of the list and of its active option. */
  readonly list: { readonly id: string; readonly active: string } | undefined;
  readonly active: number;
  readonly activate: (at: number) => void;
  readonly pick: (entity: EntityInfo) => void;
  /** Tells whether the key was for the menu. */
  readonly takeKey: (event: KeyboardEvent) => boolean;
}

/** The list of entities that completes an `@` word, driven from the text field. */
export function useTagMenu(field: RefObject<RichField | null>): TagMenu {
  const { session, tags, announcement, t } = useView();
  const { start, status } = tags.value;
  const [active, activate] = useState(0);
  const entities = groupEntities(tags.value.entities).flatMap(({ members }) => members);
  const open = start !== undefined;
  const ready = open && status === 'found';

  useEffect(() => {
    activate(0);
    if (!ready) return;
    const count = entities.length;
    announcement.value = count === 0 ? t('nothingFound') : t('foundCount', { count });
  }, [tags.value.entities, ready]);

  const pick = (entity: EntityInfo): void => {
    // What is shown may be a frame behind the text.
    const { start: from, query } = session.tags.state.value;
    if (from === undefined) return;
    field.current?.replace(
      { start: from, end: from + 1 + query.length },
      joinRich(tagRich(tagOf(entity)), plainRich(' ')),
    );
  };
  const isFound = (entity: EntityInfo | undefined): boolean => {
    const { status: now, query } = session.tags.state.value;
    const fits = entity?.title.toLocaleLowerCase().includes(query.toLocaleLowerCase()) ?? false;
    return now !== 'searching' || fits;
  };
  const takeKey = (event: KeyboardEvent): boolean => {
    if (session.tags.state.value.start === undefined || event.isComposing) return false;
    const chosen = entities[active];
    switch (event.key) {
      case 'Escape':
        event.stopPropagation();
        session.tags.dismiss();
        return true;
      case 'ArrowDown':
      case 'ArrowUp': {
        if (entities.length === 0) return false;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        activate((active + step + entities.length) % entities.length);
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
  const list = open && entities.length > 0 ? { id: LIST_ID, active: optionId(active) } : undefined;
  return { open, list, active, activate, pick, takeKey };
}

export function TagMenuList({ menu }: { menu: TagMenu }) {
  const { tags, t } = useView();
  const { status, entities } = tags.value;
  const popup = useRoomAbove<HTMLDivElement>();
  useEffect(() => {
    popup.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [menu.active]);
  if (entities.length === 0) {
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
      id={LIST_ID}
      aria-label={t('mentions')}
      aria-busy={status === 'searching'}
      ref={popup}
    >
      {groupEntities(entities).map(({ name, members }) => (
        <div role="group" aria-label={name ?? t('mentions')} key={name ?? ''}>
          {name !== undefined && (
            <div class="popup-title" aria-hidden="true">
              {name}
            </div>
          )}
          {members.map((entity) => {
            at += 1;
            return <EntityOption entity={entity} at={at} menu={menu} key={entity.id} />;
          })}
        </div>
      ))}
    </div>
  );
}

function EntityOption({ entity, at, menu }: { entity: EntityInfo; at: number; menu: TagMenu }) {
  return (
    <div
      role="option"
      id={optionId(at)}
      class="popup-entry"
      aria-selected={menu.active === at}
      // The caret stays in the text.
      onMouseDown={(event) => event.preventDefault()}
      onMouseMove={() => menu.activate(at)}
      onClick={() => menu.pick(entity)}
    >
      <Icon name={entity.icon ?? 'dot'} />
      <span class="grow">{entity.title}</span>
    </div>
  );
}
