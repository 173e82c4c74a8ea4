import { IconButton } from './button.js';
import { useView } from './context.js';

/** What the message replies to, above the text. */
export function QuoteChip() {
  const { session, composer, t } = useView();
  const { reply } = composer.value;
  if (reply === undefined) return null;
  const remove = (): void => {
    session.composer.put({ reply: null });
    session.focusComposer();
  };
  return (
    <div class="reply">
      <blockquote aria-label={t('quote')}>{reply}</blockquote>
      <IconButton name={t('removeQuote')} icon="close" small onClick={remove} />
    </div>
  );
}
