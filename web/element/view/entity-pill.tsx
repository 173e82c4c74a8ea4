import { entityOf } from '../session/entity.js';
import type { Tag } from '../session/rich-text.js';
import { tagLabel } from './editor/dom.js';
import { useEntityButton } from './use-entity-button.js';

/** A tag in a message that was sent; an interactive one can be opened and previewed. */
export function EntityPill({ tag }: { tag: Tag }) {
  return tag.interactive ? <PillButton tag={tag} /> : <span class="tag">{tagLabel(tag)}</span>;
}

function PillButton({ tag }: { tag: Tag }) {
  return (
    <button type="button" class="tag" {...useEntityButton(entityOf(tag))}>
      {tagLabel(tag)}
    </button>
  );
}
