import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { WidgetNode } from '../session/wire.js';
import { WidgetProvider, useWidget } from './widget-context.js';

/** The colour scheme that a component asks for; undefined leaves it to what is around it. */
export function schemeOf({ theme }: WidgetNode): 'light' | 'dark' | undefined {
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}

/** Colours below it are those of the scheme. */
export function Scheme({ scheme, children }: { scheme: 'light' | 'dark'; children: ComponentChildren }) {
  const scope = useWidget();
  const inside = useMemo(() => ({ ...scope, dark: scheme === 'dark' }), [scope, scheme]);
  return <WidgetProvider value={inside}>{children}</WidgetProvider>;
}
