import { useMemo, useRef } from 'preact/hooks';
import { Icon } from './icon.js';
import { useView } from './context.js';
import { ProblemLine } from './problem-line.js';
import { QuoteButton } from './quote-button.js';
import { Turn } from './turn.js';
import { groupTurns, visible } from './turns.js';
import { useGradually } from './use-gradually.js';
import { useScroll } from './use-scroll.js';

/** The conversation, oldest turn first. */
export function Log() {
  const { state, options, session, t } = useView();
  const { items, live, turn, active, progress, problem, stopped, older, thread, feedback } = state.value;
  const scroller = useRef<HTMLDivElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const { autoScroll, actions } = options.value;
  const all = useMemo(() => groupTurns(items), [items]);
  const turns = useGradually(all);
  const whole = turns.length === all.length;
  const { away, toLatest, onScroll } = useScroll({
    scroller,
    end,
    follow: autoScroll,
    first: turns[0]?.key,
    whole,
  });
  const busy = turn !== 'idle';
  const latest = (): void => {
    toLatest();
    // The button is about to go.
    scroller.current?.focus({ preventScroll: true });
  };
  return (
    <div class="log-frame">
      <div
        class="log"
        role="log"
        aria-live="off"
        aria-label={t('log')}
        tabIndex={0}
        ref={scroller}
        onScroll={onScroll}
      >
        <div class="column">
          {(older.hasMore || !whole) && <Older />}
          {turns.map((group, at) => {
            const last = at === turns.length - 1;
            const fill = last && active && !autoScroll;
            return (
              <div class={`turn${fill ? ' fill' : ''}`} key={group.key}>
                <Turn
                  user={group.user}
                  items={group.items}
                  live={last ? live : undefined}
                  running={last && busy}
                  imageDomains={thread?.allowed_image_domains}
                  retry={actions.retry && !busy}
                  rating={
                    actions.feedback ? (feedback[visible(group.items)[0]?.id ?? ''] ?? 'none') : undefined
                  }
                />
                {last && busy && <Waiting text={progress?.text} icon={progress?.icon} />}
                {last && stopped && <p class="quiet stopped">{t('stopped')}</p>}
                {last && problem && <ProblemLine problem={problem} />}
                {last && <div class="end" ref={end} />}
              </div>
            );
          })}
          {turns.length === 0 && problem && <ProblemLine problem={problem} />}
        </div>
      </div>
      <QuoteButton scroller={scroller} />
      {away && (
        <button type="button" class="jump" aria-label={t('latest')} title={t('latest')} onClick={latest}>
          <Icon name="arrow-down" />
        </button>
      )}
    </div>
  );

  function Older() {
    const { status } = older;
    if (status === 'loading' || !whole) {
      return (
        <p class="quiet center">
          <span class="spinner" aria-hidden="true" /> {t('olderLoading')}
        </p>
      );
    }
    return (
      <p class="center">
        <button type="button" class="button small" onClick={() => void session.loadOlder()}>
          {status === 'failed' ? t('retry') : t('older')}
        </button>
      </p>
    );
  }
}

/** What happens before and between texts: three dots, or the line the server sends about its work. */
function Waiting({ text, icon }: { text: string | undefined; icon: string | undefined }) {
  const { state, t } = useView();
  const { turn, items, live } = state.value;
  const last = items.at(-1);
  const writing =
    last?.type === 'assistant_message' && live.has(last.id) && last.content.some((part) => part.text);
  if (turn === 'recovering') return <p class="progress shimmer">{t('recovering')}</p>;
  if (text !== undefined) {
    return (
      <p class="progress shimmer">
        {icon !== undefined && <Icon name={icon} />}
        {text}
      </p>
    );
  }
  if (writing) return null;
  return (
    <div class="dots" aria-hidden="true">
      <span />
      <span />
      <span />
    </div>
  );
}
