import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EntityInfo } from '../session/entity.js';
import type { WidgetNode } from '../session/wire.js';
import { Node } from '../widgets/node.js';
import { WidgetProvider, stillScope } from '../widgets/widget-context.js';
import { useView } from './context.js';
import { Icon } from './icon.js';
import { CARD_ID } from './previewing.js';
import type { Previewed } from './previewing.js';
import { themeOf } from './theme.js';
import { keyHandler } from './key-handler.js';

/** Pixels between the card and what it belongs to. */
const GAP = 6;

/** What the page tells of an entity, beside what stands for it. */
export function EntityPreview({ entity, anchor }: Previewed) {
  const { session, previewing, state, options } = useView();
  const [preview, setPreview] = useState<WidgetNode>();
  const card = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let gone = false;
    const show = async (): Promise<void> => {
      const found = await session.entities.preview(entity);
      if (!gone) setPreview(found);
    };
    void show();
    const onKeyDown = keyHandler((event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      previewing.hide();
    });
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => {
      gone = true;
      document.removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, []);
  useLayoutEffect(() => {
    if (card.current) placeBeside(card.current, anchor);
  });
  const framed = preview !== undefined && preview.type !== 'Basic';
  const dark = themeOf(options.value.theme).scheme === 'dark';
  // A preview belongs to no message that could take an action.
  const scope = stillScope(dark, state.value.thread?.allowed_image_domains);
  return (
    <div
      class={`entity-card${preview ? ' widget' : ''}${framed ? ' framed' : ''}`}
      role="tooltip"
      id={CARD_ID}
      ref={card}
      onMouseEnter={() => previewing.stay()}
      onMouseLeave={() => previewing.leave()}
    >
      {preview ? (
        <WidgetProvider value={scope}>
          <Node node={preview} />
        </WidgetProvider>
      ) : (
        <CardHeader entity={entity} />
      )}
    </div>
  );
}

function CardHeader({ entity }: { entity: EntityInfo }) {
  return (
    <div class="entity-header">
      {entity.icon !== undefined && <Icon name={entity.icon} />}
      <strong>{entity.title}</strong>
      {entity.group !== undefined && <small>{entity.group}</small>}
    </div>
  );
}

/** Puts the card above its anchor or, where there is no room, below it; always inside of the chat. */
function placeBeside(card: HTMLElement, anchor: HTMLElement): void {
  const chat = card.closest('.chat')?.getBoundingClientRect();
  if (!chat) return;
  const target = anchor.getBoundingClientRect();
  const { width, height } = card.getBoundingClientRect();
  const above = target.top - chat.top - height - GAP;
  const top = above >= GAP ? above : Math.min(target.bottom - chat.top + GAP, chat.height - height - GAP);
  const left = Math.max(GAP, Math.min(target.left - chat.left, chat.width - width - GAP));
  card.style.setProperty('top', `${Math.max(GAP, top)}px`);
  card.style.setProperty('left', `${left}px`);
}
