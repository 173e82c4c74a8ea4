import { useMemo, useRef, useState } from 'preact/hooks';
import { readAction } from '../session/actions.js';
import { ChatKitFailure } from '../session/failure.js';
import { record } from '../session/json.js';
import type { WidgetItem } from '../session/wire.js';
import { useView } from '../view/context.js';
import { pure } from '../view/pure.js';
import { themeOf } from '../view/theme.js';
import { labelledFields } from '../session/widget-tree.js';
import { mergePayload, nestValues } from './form-values.js';
import { loadingOf } from './loading.js';
import { Node } from './node.js';
import { fieldOf, readForm, valueOf } from './read-form.js';
import { useFocusKept } from './use-focus-kept.js';
import { WidgetProvider } from './widget-context.js';
import type { WidgetScope } from './widget-context.js';

interface Props {
  readonly item: WidgetItem;
  readonly imageDomains: readonly string[] | undefined;
}

/** A widget in the conversation and the actions that start from it. */
export const WidgetView = pure(function WidgetView({ item, imageDomains }: Props) {
  const { session, options } = useView();
  const [inert, setInert] = useState(false);
  const [shownHosts, setShownHosts] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(item);
  latest.current = item;
  const around = useRef<HTMLDivElement>(null);
  const entered = useRef(new Map<string, string | boolean>()).current;
  const focus = useFocusKept(around, item.widget, inert);
  const dark = themeOf(options.value.theme).scheme === 'dark';

  const act: WidgetScope['act'] = async (value, node, element, own = {}) => {
    const action = readAction(value);
    // asked of the session itself: what the view shows may be a frame behind the end of an answer
    const running = session.state.value.turn !== 'idle';
    const blocked = action?.handler === 'server' && action.streaming && running;
    if (!action || blocked) return;
    const form = element?.closest('form') ?? null;
    // Without its fields a form would be sent empty and unchecked.
    if (form?.querySelector('[data-pending]')) return;
    const values = mergePayload(nestValues(Object.entries(own)), readForm(form)).payload;
    const { payload, collisions } = mergePayload(action.payload, record(values));
    if (collisions.length > 0) {
      session.report(
        new ChatKitFailure('rejected', `Form values hidden by the payload: ${collisions.join(', ')}`),
      );
    }
    const whole = loadingOf(action, node.type) === 'container';
    if (whole) setInert(true);
    await session.actions.runFromWidget({ ...action, payload }, latest.current, node.type);
    if (whole) setInert(false);
  };
  const labels = [...labelledFields(item.widget)].join('\n');
  const labelled = useMemo(() => new Set(labels.split('\n')), [labels]);
  const scope = useMemo<WidgetScope>(
    () => ({
      dark,
      imageDomains,
      shownHosts,
      showHost: (host) => setShownHosts((hosts) => new Set([...hosts, host])),
      labelled,
      entered,
      act,
      fieldId: (name) => `field-${item.id}-${idOf(name)}`,
      noteUnknown: (type) => session.unknown.component(type),
    }),
    [dark, imageDomains, shownHosts, item.id, labelled],
  );
  const keep = (event: Event): void => {
    const field = fieldOf(event);
    const key = field?.dataset.key;
    if (field && key !== undefined) entered.set(key, valueOf(field));
  };
  return (
    <div
      class="widget"
      ref={around}
      tabIndex={-1}
      inert={inert}
      aria-busy={inert}
      onInput={keep}
      onChange={keep}
      {...focus}
    >
      <WidgetProvider value={scope}>
        <Node node={item.widget} />
      </WidgetProvider>
    </div>
  );
});

/** The name as an id may have it. */
function idOf(name: string): string {
  return name.replace(/[^\w-]/g, (character) => `_${character.charCodeAt(0).toString(36)}`);
}
