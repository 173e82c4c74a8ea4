import type { ActionConfig } from '../session/actions.js';

/** Components that show themselves that their action runs. */
const SELF = new Set(['Button', 'ListViewItem']);
/** Components whose action keeps the whole widget. */
const CONTAINER = new Set(['Card', 'Form']);

/** What shows that an action runs: nothing, the component it belongs to, or the whole widget. */
export function loadingOf(action: ActionConfig, type: string): 'none' | 'self' | 'container' {
  const { loadingBehavior } = action;
  if (CONTAINER.has(type) && loadingBehavior !== 'none') return 'container';
  if (loadingBehavior !== 'auto') return loadingBehavior;
  return SELF.has(type) ? 'self' : 'none';
}
