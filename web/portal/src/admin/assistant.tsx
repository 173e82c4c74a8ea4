import { useCallback, useEffect, useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { AdminApi, Organisation } from './admin-api.js';
import { count, moment } from './format.js';
import { Loading, Panel } from './parts.js';
import { useLoad } from './use-load.js';

/** As the server has it. */
const MAX = 8000;

interface AssistantProps {
  readonly api: AdminApi;
  readonly up: boolean;
  readonly nameOf: (userId: string) => string;
  /** What has been written and not saved; kept while the administrator looks elsewhere. */
  readonly draft: string | undefined;
  readonly setDraft: (draft: string | undefined) => void;
}

/** What the assistant is asked to do and to know in this organisation. */
export function Assistant(props: AssistantProps) {
  const { api, up } = props;
  const load = useCallback((signal: AbortSignal) => api.organisation(signal), [api]);
  return (
    <Panel
      title="Instructions"
      text="What the assistant should do and know in your organisation. They hold from the next answer on, for all members."
    >
      <Loading what="The instructions" loaded={useLoad(load, up)}>
        {(organisation) => <Instructions {...props} organisation={organisation} />}
      </Loading>
    </Panel>
  );
}

type Saving = 'idle' | 'busy' | 'saved';

function Instructions({
  api,
  up,
  nameOf,
  draft,
  setDraft,
  organisation,
}: AssistantProps & { readonly organisation: Organisation }) {
  const [stored, setStored] = useState(organisation);
  const text = draft ?? stored.instructions;
  const [saving, setSaving] = useState<Saving>('idle');
  const [problem, setProblem] = useState<string>();
  const hint = useId();
  const changed = text !== stored.instructions;
  const tooLong = text.length > MAX;
  useEffect(() => {
    if (!changed) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [changed]);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSaving('busy');
    setProblem(undefined);
    try {
      setStored(await api.saveInstructions(text));
      setDraft(undefined);
      setSaving('saved');
    } catch (error) {
      setSaving('idle');
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const { updated_at, updated_by } = stored;
  return (
    <form className="instructions" onSubmit={(event) => void save(event)}>
      <label>
        <span className="sr">Instructions</span>
        <textarea
          rows={12}
          value={text}
          aria-describedby={hint}
          aria-invalid={tooLong}
          placeholder="For example: Call members by their first name. Send questions about fees to the front desk."
          onChange={({ currentTarget }) => {
            setDraft(currentTarget.value);
            setSaving('idle');
          }}
        />
      </label>
      <p id={hint} className="counter" data-over={tooLong || undefined}>
        {count(text.length)} of {count(MAX)} characters{tooLong && ': too long'}
      </p>
      {problem !== undefined && (
        <p className="alert" role="alert">
          They could not be saved: {problem}.
        </p>
      )}
      <div className="instructions-actions">
        <button
          type="submit"
          className="button primary"
          disabled={!up || !changed || tooLong || saving === 'busy'}
        >
          {saving === 'busy' ? 'Saving …' : 'Save'}
        </button>
        <p className="fine" role="status">
          {saving === 'saved' && 'Saved. '}
          {updated_at !== null &&
            `Last changed ${moment(updated_at)} by ${nameOf(updated_by ?? 'somebody')}.`}
        </p>
      </div>
    </form>
  );
}
