import { useRef, useState } from 'react';
import type { DragEvent } from 'react';
import { Icon } from '../icons.js';
import { bytes } from './format.js';
import type { Upload, Uploads } from './uploads.js';

const ACCEPT = '.md,.markdown,.html,.htm,.txt,.pdf,text/markdown,text/html,text/plain,application/pdf';

const STATES = {
  waiting: 'Waiting',
  sending: 'Sending',
  reading: 'Being read',
  added: 'Added',
  failed: 'Not added',
} as const;

/** Takes files in, by a button or dropped on it, and tells what becomes of each. */
export function UploadArea({ uploads, disabled }: { uploads: Uploads; disabled: boolean }) {
  const [over, setOver] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const hover = (event: DragEvent): void => {
    event.preventDefault();
    setOver(!disabled);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    if (!disabled) uploads.add([...event.dataTransfer.files]);
  };
  const ended = uploads.list.some(({ state }) => state === 'added' || state === 'failed');
  return (
    <>
      <div
        className="drop"
        data-over={over || undefined}
        onDragOver={hover}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" />
        <p>Drop Markdown, HTML, text or PDF files here, or</p>
        <button
          type="button"
          className="button primary"
          disabled={disabled}
          onClick={() => field.current?.click()}
        >
          Choose files
        </button>
        <input
          ref={field}
          type="file"
          aria-label="Files to add"
          hidden
          multiple
          accept={ACCEPT}
          onChange={({ currentTarget }) => {
            uploads.add([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
        <p className="fine">A file of the same name takes the place of the one before.</p>
      </div>
      <ul className="uploads" aria-label="Uploads" aria-live="polite">
        {uploads.list.map((upload) => (
          <UploadEntry key={upload.id} upload={upload} />
        ))}
      </ul>
      {ended && (
        <button type="button" className="button quiet" onClick={uploads.clear}>
          Clear the finished ones
        </button>
      )}
    </>
  );
}

function UploadEntry({ upload: { name, size, state, sent, reason } }: { upload: Upload }) {
  return (
    <li className="upload" data-state={state}>
      <span className="upload-name">{name}</span>
      <span className="fine">{bytes(size)}</span>
      <span className="upload-state">{STATES[state]}</span>
      {(state === 'sending' || state === 'reading') && (
        <progress
          aria-label={`${STATES[state]}: ${name}`}
          {...(state === 'sending' && { max: 1, value: sent })}
        />
      )}
      {reason !== undefined && <p className="upload-reason">{reason}</p>}
    </li>
  );
}
