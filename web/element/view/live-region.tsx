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
  const before = useRef({ turn, threadId, notice: notice?.key });
  useEffect(() => {
    const was = before.current;
    before.current = { turn, threadId, notice: notice?.key };
    const begins = was.turn === 'idle' && turn !== 'idle';
    const ends = was.turn !== 'idle' && turn === 'idle';
    const moved = was.threadId !== threadId && was.threadId !== null;
    const words: string[] = [];
    if (begins) words.push(t('responding'));
    if (turn === 'recovering' && was.turn !== turn) words.push(t('recovering'));
    if (notice && notice.key !== was.notice)
      words.push([notice.title, withoutMarkup(notice.message)].filter(Boolean).join(': '));
    if (ends && !moved)
      words.push(beginning(spokenText(groupTurns(items).at(-1)?.items ?? []), SPOKEN_LENGTH));
    if (ends || words.length > 0) announcement.value = words.filter(Boolean).join(' ');
  }, [turn, threadId, notice?.key]);
  return (
    <div class="sr" role="status" aria-live="polite" aria-atomic="true">
      {announcement.value}
    </div>
  );
}
