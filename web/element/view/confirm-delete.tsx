import { useRef, useState } from 'preact/hooks';
import { asFailure } from '../session/failure.js';
import { useView } from './context.js';
import { useReturnFocus } from './use-return-focus.js';
import { keyHandler } from './key-handler.js';

/** Asks before a conversation is deleted. */
export function ConfirmDelete() {
  const { deleting } = useView();
  return deleting.value ? <Confirm {...deleting.value} /> : null;
}

function Confirm({ id, title }: { id: string; title: string }) {
  const { session, deleting, headingLevel, t, failureText } = useView();
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string>();
  const cancel = useRef<HTMLButtonElement>(null);
  const gone = useRef(false);
  useReturnFocus(cancel, gone);
  const Heading = `h${headingLevel.value}` as 'h2';
  const close = (): void => {
    deleting.value = undefined;
  };
  const confirm = async (): Promise<void> => {
    setWorking(true);
    try {
      await session.deleteThread(id);
      gone.current = true;
      close();
    } catch (thrown) {
      const failure = asFailure(thrown);
      setWorking(false);
      setProblem(failureText(failure.code));
      session.report(failure);
    }
  };
  const onKeyDown = keyHandler((event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  });
  return (
    <div class="layer centered" onKeyDown={onKeyDown}>
      <div class="scrim" onClick={close} />
      <dialog
        class="confirm"
        role="alertdialog"
        open
        aria-modal="true"
        aria-labelledby="delete-title"
        aria-describedby="delete-text"
      >
        <Heading id="delete-title">{t('deleteTitle')}</Heading>
        <p id="delete-text">{t('deleteText', { title })}</p>
        {problem !== undefined && (
          <p class="danger-text" role="alert">
            {problem}
          </p>
        )}
        <div class="confirm-actions">
          <button type="button" class="button" ref={cancel} onClick={close}>
            {t('cancel')}
          </button>
          <button type="button" class="button danger" disabled={working} onClick={() => void confirm()}>
            {t('deleteConfirm')}
          </button>
        </div>
      </dialog>
    </div>
  );
}
