import { useState } from 'preact/hooks';
import type { UserContent, UserMessageItem } from '../session/wire.js';
import { SentAttachments } from './attachments-sent.js';
import { useView } from './context.js';
import { EntityPill } from './entity-pill.js';
import { pure } from './pure.js';

/** Characters after which a message is folded. */
const LONG = 1_200;

/** What the user wrote, as plain text with its tags, quote and attachments. */
export const UserMessage = pure(function UserMessage({ item }: { item: UserMessageItem }) {
  const { t } = useView();
  const [open, setOpen] = useState(false);
  const length = item.content.reduce((sum, part) => sum + part.text.length, 0);
  const folded = length > LONG && !open;
  return (
    <div class="user">
      <SentAttachments attachments={item.attachments} />
      {item.quoted_text !== undefined && <blockquote class="quote">{item.quoted_text}</blockquote>}
      {item.content.length > 0 && (
        <div class={`bubble${folded ? ' folded' : ''}`}>
          {item.content.map((part) => (
            <Part part={part} />
          ))}
        </div>
      )}
      {length > LONG && (
        <button type="button" class="text-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'showLess' : 'showMore')}
        </button>
      )}
    </div>
  );
});

function Part({ part }: { part: UserContent }) {
  return part.type === 'input_text' ? <>{part.text}</> : <EntityPill tag={part} />;
}
