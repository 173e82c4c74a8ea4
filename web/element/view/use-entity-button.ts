import type { ButtonHTMLAttributes, RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { EntityInfo } from '../session/entity.js';
import { useView } from './context.js';
import { CARD_ID } from './previewing.js';

type Attributes = 'aria-describedby' | 'onClick' | 'onMouseEnter' | 'onMouseLeave' | 'onFocus' | 'onBlur';

interface EntityButton extends Pick<ButtonHTMLAttributes, Attributes> {
  readonly ref: RefObject<HTMLButtonElement | null>;
}

/** Makes a button stand for an entity: a click opens it, pointer and focus show its card. */
export function useEntityButton(entity: EntityInfo): EntityButton {
  const { session, previewing } = useView();
  const ref = useRef<HTMLButtonElement>(null);
  const described = ref.current !== null && previewing.shown.value?.anchor === ref.current;
  return {
    ref,
    'aria-describedby': described ? CARD_ID : undefined,
    onClick: () => session.entities.open(entity),
    onMouseEnter: (event) => previewing.aim(entity, event.currentTarget),
    onMouseLeave: () => previewing.leave(),
    onFocus: (event) => previewing.show(entity, event.currentTarget),
    onBlur: () => previewing.leave(),
  };
}
