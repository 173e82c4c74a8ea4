import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { WidgetNode } from '../session/wire.js';

/** What the components of one widget share. */
export interface WidgetScope {
  readonly dark: boolean;
  readonly imageDomains: readonly string[] | undefined;
  /** Names of fields that have a label of their own. */
  readonly labelled: ReadonlySet<string>;
  /** Id of the field with that name, so that labels find it. */
  readonly fieldId: (name: string) => string;
  /**
   * Runs an action of a component with the values of the form around the element.
   *
   * @param own the control's own value, for actions that run on a change
   */
  readonly act: (
    action: unknown,
    node: WidgetNode,
    element: Element | null,
    own?: Record<string, unknown>,
  ) => Promise<void>;
}

const Context = createContext<WidgetScope | undefined>(undefined);

export const WidgetProvider = Context.Provider;

export function useWidget(): WidgetScope {
  const scope = useContext(Context);
  if (!scope) throw new Error('A widget component was rendered outside of a widget');
  return scope;
}
