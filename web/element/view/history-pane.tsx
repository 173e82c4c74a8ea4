import { useRef } from 'preact/hooks';
import { groupByDate } from '../i18n/dates.js';
import { IconButton } from './button.js';
import { useView } from './context.js';
import { HistoryRow } from './history-row.js';
import { keepFocusNear } from './keep-focus-near.js';
import { useReturnFocus } from './use-return-focus.js';
import { keyHandler } from './key-handler.js';

/** The list of conversations over the current one. */
export function HistoryPane() {
  const { history } = useView();
  return history.value.open ? <Pane /> : null;
}

function Pane() {
  const { session, history, deleting, headingLevel, locale, t } = useView();
  const close = useRef<HTMLButtonElement>(null);
  useReturnFocus(close);
  const { entries, status, hasMore } = history.value;
  const Heading = `h${headingLevel.value}` as 'h2';
  const Group = `h${Math.min(6, headingLevel.value + 1)}` as 'h3';
  const onKeyDown = keyHandler((event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    session.showHistory(false);
  });
  return (
    <div class="layer" inert={deleting.value !== undefined} onKeyDown={onKeyDown} onClick={keepFocusNear}>
      <div class="scrim" onClick={() => session.showHistory(false)} />
      <dialog class="pane" open aria-modal="true" aria-label={t('history')}>
        <header class="header">
          <Heading class="header-title leading">{t('historyTitle')}</Heading>
          <IconButton name={t('newThread')} icon="compose" onClick={() => void session.newThread()} />
          <IconButton
            name={t('closeHistory')}
            icon="close"
            innerRef={close}
            onClick={() => session.showHistory(false)}
          />
        </header>
        <div class="pane-body" tabIndex={-1}>
          {groupByDate(entries, new Date(), locale.value, t).map(({ label, threads }) => (
            <section key={label}>
              <Group class="group-title">{label}</Group>
              <ul class="rows">
                {threads.map((thread) => (
                  <HistoryRow key={thread.id} thread={thread} />
                ))}
              </ul>
            </section>
          ))}
          {status === 'loading' && (
            <p class="quiet center">
              <span class="spinner" aria-hidden="true" />
              <span class="sr">{t('loading')}</span>
            </p>
          )}
          {status === 'ready' && entries.length === 0 && <p class="quiet center">{t('historyEmpty')}</p>}
          {status === 'failed' && (
            <div class="center">
              <p role="alert">{t('historyFailed')}</p>
              <button type="button" class="button small" onClick={() => void session.history.reload()}>
                {t('retry')}
              </button>
            </div>
          )}
          {status === 'ready' && hasMore && (
            <p class="center">
              <button type="button" class="button small" onClick={() => void session.history.more()}>
                {t('historyMore')}
              </button>
            </p>
          )}
        </div>
      </dialog>
    </div>
  );
}
