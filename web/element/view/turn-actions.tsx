import type { FeedbackKind } from '../session/state.js';
import type { Item } from '../session/wire.js';
import { IconButton } from './button.js';
import { useView } from './context.js';
import { copyText } from './turns.js';
import { useCopy } from './use-copy.js';

interface Props {
  readonly items: readonly Item[];
  readonly userId: string | undefined;
  readonly retry: boolean;
  readonly rating: FeedbackKind | 'none' | undefined;
}

/** Copy, rate and retry, under an answer that is complete. */
export function TurnActions({ items, userId, retry, rating }: Props) {
  const { session, t } = useView();
  const { copied, copy } = useCopy();
  const text = copyText(items);
  const rate = (kind: FeedbackKind): void =>
    void session.actions.rate(
      items.map((item) => item.id),
      kind,
    );
  return (
    <div class="turn-actions">
      {text !== '' && (
        <IconButton small name={t('copy')} icon={copied ? 'check' : 'copy'} onClick={() => copy(text)} />
      )}
      {rating !== undefined && (
        <>
          <IconButton
            small
            name={t('good')}
            icon="thumb-up"
            pressed={rating === 'positive'}
            onClick={() => rate('positive')}
          />
          <IconButton
            small
            name={t('bad')}
            icon="thumb-down"
            pressed={rating === 'negative'}
            onClick={() => rate('negative')}
          />
        </>
      )}
      {retry && userId !== undefined && (
        <IconButton
          small
          name={t('regenerate')}
          icon="reload"
          onClick={() => void session.actions.retry(userId)}
        />
      )}
    </div>
  );
}
