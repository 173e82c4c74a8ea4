import { afterPaint } from '../host/page.js';

/**
 * Gives focus to what is nearest when a button goes away, or can no longer be pressed, with what it does. If
 * the user turns to something else meanwhile, that keeps it.
 */
export function keepFocusNear({ target }: Event): void {
  const root = target instanceof Element ? target.getRootNode() : undefined;
  if (!(target instanceof Element) || !(root instanceof ShadowRoot)) return;
  const near = target.closest('.dock') ? '.input' : target.closest('.pane') ? '.pane-body' : '.log';
  afterPaint(() => {
    // what is at rest for a while has its focus back afterwards
    if (target.closest('[inert]')) return;
    const { activeElement, body } = document;
    if (root.activeElement !== null || (activeElement !== body && activeElement !== root.host)) return;
    (root.querySelector<HTMLElement>(near) ?? root.querySelector<HTMLElement>('.input'))?.focus();
  });
}
