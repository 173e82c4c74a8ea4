import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { readAction } from '../session/actions.js';
import { ChatKitFailure } from '../session/failure.js';
import type { WidgetItem } from '../session/wire.js';
import { useView } from '../view/context.js';
import { pure } from '../view/pure.js';
import { themeOf } from '../view/theme.js';
import { labelledFields } from '../session/widget-tree.js';
import { mergePayload } from './form-values.js';
import { Node } from './node.js';
import { readForm } from './read-form.js';
import { WidgetProvider } from './widget-context.js';
import type { WidgetScope } from './widget-context.js';

interface Props {
  readonly item: WidgetItem;
  readonly imageDomains: readonly string[] | undefined;
}

/** A widget in the conversation and the actions that start from it. */
export const WidgetView = pure(function WidgetView({ item, imageDomains }: Props) {
  const { session, state, options } = useView();
  const [inert, setInert] = useState(false);
  const mounted = useRef(true);
  const latest = useRef(item);
  latest.current = item;
  useEffect(
    () => () => {
      mounted.current = false;
    },
    [],
  );
  const own = item.widget.theme;
  const dark = (own ?? themeOf(options.value.theme).scheme) === 'dark';

  const act: WidgetScope['act'] = async (value, node, element, extra = {}) => {
    const action = readAction(value);
    const blocked = action?.handler === 'server' && action.streaming && state.value.turn !== 'idle';
    if (!action || blocked) return;
    const values = { ...readForm(element?.closest('form') ?? null), ...extra };
    const { payload, collisions } = mergePayload(action.payload, values);
    if (collisions.length > 0) {
      session.report(
        new ChatKitFailure('rejected', `Form values hidden by the payload: ${collisions.join(', ')}`),
      );
    }
    const whole =
      action.loadingBehavior === 'container' || (action.loadingBehavior === 'auto' && node.type === 'Card');
    if (whole) setInert(true);
    await session.actions.runFromWidget({ ...action, payload }, latest.current, node.type);
    if (whole && mounted.current) setInert(false);
  };
  const labelled = useMemo(() => labelledFields(item.widget), [item.widget]);
  const scope = useMemo<WidgetScope>(
    () => ({ dark, imageDomains, labelled, act, fieldId: (name) => `field-${item.id}-${name}` }),
    [dark, imageDomains, item.id, labelled],
  );
  return (
    <div class="widget" data-scheme={dark ? 'dark' : 'light'} inert={inert} aria-busy={inert}>
      <WidgetProvider value={scope}>
        <Node node={item.widget} />
      </WidgetProvider>
    </div>
  );
});
