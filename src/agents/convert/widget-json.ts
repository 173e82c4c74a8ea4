import type { ActionConfig, WidgetRoot } from '../../chatkit/core/index.js';

/** What an action has when nobody configured it otherwise. */
const USUAL = {
  handler: 'server',
  loadingBehavior: 'auto',
  streaming: true,
} as const satisfies Partial<ActionConfig>;

function isAction(value: unknown): value is ActionConfig {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    Object.keys(USUAL).every((field) => Object.hasOwn(value, field))
  );
}

/**
 * A widget as JSON for a model. How an action is handled is left out where it is as usual: it says
 * nothing about what the user sees.
 */
export function widgetJson(widget: WidgetRoot): string {
  return JSON.stringify(widget, (_key, value: unknown) => {
    if (!isAction(value)) return value;
    const telling = Object.entries(value).filter(([field, set]) => Reflect.get(USUAL, field) !== set);
    return Object.fromEntries(telling);
  });
}
