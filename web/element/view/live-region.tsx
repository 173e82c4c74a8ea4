import { useEffect, useRef } from 'preact/hooks';
import { beginning } from '../markdown/beginning.js';
import { useView } from './context.js';
import { groupTurns, spokenText, withoutMarkup } from './turns.js';

/** Characters of an answer that are read out; the rest is in the log. */
const SPOKEN_LENGTH = 600;

/** Tells screen readers that an answer is coming and, once, what it says; never token by token. */
export function LiveRegion() {
  const { state, announcement, t } = useView();
  const { turn, items, threadId, notices } = state.value;
  const notice = notices.at(-1);
  const before = useRef({ turn, threadId });
  useEffect(() => {
    const was = before.current;
    before.current = { turn, threadId };
    if (was.turn === 'idle' && turn !== 'idle') announcement.value = t('responding');
    if (turn === 'recovering' && was.turn !== turn) announcement.value = t('recovering');
    if (was.turn === 'idle' || turn !== 'idle') return;
    const moved = was.threadId !== threadId && was.threadId !== null;
    const answer = moved ? '' : spokenText(groupTurns(items).at(-1)?.items ?? []);
    announcement.value = beginning(answer, SPOKEN_LENGTH);
  }, [turn, threadId]);
  useEffect(() => {
    if (notice) announcement.value = [notice.title, withoutMarkup(notice.message)].filter(Boolean).join(': ');
  }, [notice?.key]);
  return (
    <div class="sr" role="status" aria-live="polite" aria-atomic="true">
      {announcement.value}
    </div>
  );
}
