import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';
import { useView } from './context.js';

const Preview = lazy(parts.entityCard, ({ EntityPreview }) => EntityPreview);

/** The card of the entity that the pointer or the focus is on. */
export function EntityCard() {
  const { previewing } = useView();
  const shown = previewing.shown.value;
  return shown ? <Preview key={shown.entity.id} {...shown} /> : null;
}
