import { useRef } from 'preact/hooks';
import { entityOf } from '../session/entity.js';
import type { Tag } from '../session/rich-text.js';
import { useView } from './context.js';
import { tagLabel } from './editor/dom.js';
import { CARD_ID } from './entity-card.js';

/** A tag in a message that was sent; an interactive one can be opened and previewed. */
export function EntityPill({ tag }: { tag: Tag }) {
  const { session, previewing } = useView();
  const button = useRef<HTMLButtonElement>(null);
  if (!tag.interactive) return <span class="tag">{tagLabel(tag)}</span>;
  const entity = entityOf(tag);
  const described = button.current !== null && previewing.shown.value?.anchor === button.current;
  return (
    <button
      type="button"
      class="tag"
      ref={button}
      aria-describedby={described ? CARD_ID : undefined}
      onClick={() => session.entities.open(entity)}
      onMouseEnter={(event) => previewing.aim(entity, event.currentTarget)}
      onMouseLeave={() => previewing.leave()}
      onFocus={(event) => previewing.show(entity, event.currentTarget)}
      onBlur={() => previewing.leave()}
    >
      {tagLabel(tag)}
    </button>
  );
}
