import { useEffect, useRef, useState } from 'preact/hooks';
import { readAction } from '../session/actions.js';
import type { WidgetNode } from '../session/wire.js';
import { loadingOf } from './loading.js';
import { useWidget } from './widget-context.js';

export interface ActionRunner {
  /** True while an action runs that the component itself shows. */
  readonly busy: boolean;
  readonly run: (action: unknown, element: Element, own?: Readonly<Record<string, unknown>>) => void;
}

/** Runs the actions of a component, and tells while one runs that the component has to show. */
export function useAction(node: WidgetNode): ActionRunner {
  const { act } = useWidget();
  const [busy, setBusy] = useState(false);
  const mounted = useRef(true);
  useEffect(
    () => () => {
      mounted.current = false;
    },
    [],
  );
  return {
    busy,
    run: (value, element, own) => {
      const action = readAction(value);
      if (!action || busy) return;
      const shows = loadingOf(action, node.type) === 'self';
      if (shows) setBusy(true);
      void act(value, node, element, own).finally(() => {
        if (shows && mounted.current) setBusy(false);
      });
    },
  };
}
