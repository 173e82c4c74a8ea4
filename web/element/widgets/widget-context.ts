import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { WidgetNode } from '../session/wire.js';

/** What the components of one widget share. */
export interface WidgetScope {
  readonly dark: boolean;
  readonly imageDomains: readonly string[] | undefined;
  /** Hosts that the user has asked for images from. */
  readonly shownHosts: ReadonlySet<string>;
  /** Shows the images from a host; absent where nobody can be asked. */
  readonly showHost: ((host: string) => void) | undefined;
  /** Names of fields that have a label of their own. */
  readonly labelled: ReadonlySet<string>;
  /** What the user has entered, by the key of the field, so that it outlasts an update of the widget. */
  readonly entered: Map<string, string | boolean>;
  /** Id of the field with that name, so that labels find it. */
  readonly fieldId: (name: string) => string;
  /** Tells of a component that is newer than this code. */
  readonly noteUnknown: (type: string) => void;
  /**
   * Runs an action of a component with the values of the form around the element.
   *
   * @param own the control's own value, for actions that run on a change
   */
  readonly act: (
    action: unknown,
    node: WidgetNode,
    element: Element | null,
    own?: Readonly<Record<string, unknown>>,
  ) => Promise<void>;
}

/** For a widget that is only looked at: nothing in it takes an action. */
export function stillScope(dark: boolean, imageDomains: readonly string[] | undefined): WidgetScope {
  return {
    dark,
    imageDomains,
    shownHosts: new Set(),
    showHost: undefined,
    labelled: new Set(),
    entered: new Map(),
    fieldId: (name) => `preview-${name}`,
    noteUnknown: () => undefined,
    act: () => Promise.resolve(),
  };
}

const Context = createContext<WidgetScope | undefined>(undefined);

export const WidgetProvider = Context.Provider;

export function useWidget(): WidgetScope {
  const scope = useContext(Context);
  if (!scope) throw new Error('A widget component was rendered outside of a widget');
  return scope;
}
