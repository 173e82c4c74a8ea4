import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { StoredDocument } from './admin-api.js';

interface DeleteDialogProps {
  readonly document: StoredDocument;
  readonly remove: () => Promise<void>;
  readonly onRemoved: () => void;
  readonly onCancel: () => void;
}

/** Asks once more before a document is gone. */
export function DeleteDialog({ document: { title }, remove, onRemoved, onCancel }: DeleteDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const id = useId();
  // before the dialog leaves the page, so that the focus goes back to where it came from
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await remove();
      onRemoved();
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onCancel={onCancel}>
      <h2 id={id}>Delete “{title}”?</h2>
      <p>The assistant no longer answers from it. Answers that have been given stay.</p>
      {problem !== undefined && (
        <p className="alert" role="alert">
          It could not be deleted: {problem}.
        </p>
      )}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="button" className="button danger" disabled={busy} onClick={() => void confirm()}>
          Delete
        </button>
      </div>
    </dialog>
  );
}
