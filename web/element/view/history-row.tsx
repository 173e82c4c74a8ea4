import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { asFailure } from '../session/failure.js';
import type { ThreadInfo } from '../session/wire.js';
import { IconButton } from './button.js';
import { useView } from './context.js';
import { keyHandler } from './key-handler.js';

/** Characters a title may have. */
const MAX_TITLE = 200;

/** A conversation in the list, with its title to edit and its deletion. */
export function HistoryRow({ thread }: { thread: ThreadInfo }) {
  const { session, state, options, deleting, t, failureText } = useView();
  const [editing, setEditing] = useState(false);
  const [problem, setProblem] = useState<string>();
  const main = useRef<HTMLButtonElement>(null);
  const { showRename, showDelete } = options.value.history;
  const title = thread.title ?? t('untitled');
  const current = state.value.threadId === thread.id;

  const finish = (next: string | undefined): void => {
    setEditing(false);
    setProblem(undefined);
    setTimeout(() => main.current?.focus());
    const clean = next?.trim().slice(0, MAX_TITLE);
    if (!clean || clean === thread.title) return;
    session.renameThread(thread.id, clean).catch((thrown: unknown) => {
      const failure = asFailure(thrown);
      setProblem(failureText(failure.code));
      session.report(failure);
    });
  };
  const open = (): void => {
    session.showHistory(false);
    void session.setThreadId(thread.id);
  };
  if (editing) {
    return (
      <li class="row">
        <TitleField title={thread.title ?? ''} finish={finish} />
      </li>
    );
  }
  return (
    <li class={`row${current ? ' current' : ''}`}>
      <button
        type="button"
        class="row-main"
        aria-current={current ? 'true' : undefined}
        ref={main}
        onClick={open}
      >
        {title}
      </button>
      <span class="row-actions">
        {showRename && (
          <IconButton small name={t('rename', { title })} icon="pencil" onClick={() => setEditing(true)} />
        )}
        {showDelete && (
          <IconButton
            small
            name={t('delete', { title })}
            icon="trash"
            onClick={() => {
              deleting.value = { id: thread.id, title };
            }}
          />
        )}
      </span>
      {problem !== undefined && (
        <p class="row-problem danger-text" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

function TitleField({ title, finish }: { title: string; finish: (next: string | undefined) => void }) {
  const { t } = useView();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useLayoutEffect(() => field.current?.select(), []);
  const end = (next: string | undefined): void => {
    if (done.current) return;
    done.current = true;
    finish(next);
  };
  const onKeyDown = keyHandler((event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      end(field.current?.value);
    }
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    end(undefined);
  });
  return (
    <>
      <input
        ref={field}
        class="field"
        aria-label={t('renameField')}
        defaultValue={title}
        maxLength={MAX_TITLE}
        onKeyDown={onKeyDown}
        onBlur={() => end(field.current?.value)}
      />
      <IconButton small name={t('save')} icon="check" onClick={() => end(field.current?.value)} />
    </>
  );
}
