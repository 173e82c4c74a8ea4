import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';
import type { DictationProblem } from '../session/dictation.js';
import { IconButton } from './button.js';
import { useView } from './context.js';
import type { TextKey } from './context.js';

const PROBLEMS: Readonly<Record<DictationProblem, TextKey>> = {
  denied: 'micDenied',
  no_microphone: 'micMissing',
  nothing: 'micSilent',
  failed: 'micFailed',
};

/** Begins to dictate; not there unless the options ask for it and the browser can record. */
export function DictateButton({ disabled }: { disabled: boolean }) {
  const { session, options, t } = useView();
  if (!options.value.dictation || !session.dictation.supported) return null;
  return (
    <IconButton
      name={t('dictate')}
      icon="microphone"
      disabled={disabled}
      onClick={() => void session.dictation.start()}
    />
  );
}

/** Why dictating did not work. */
export function DictationNote() {
  const { session, dictation, t } = useView();
  const { problem } = dictation.value;
  if (problem === undefined) return null;
  return (
    <div class="refusals">
      <p class="grow" role="alert">
        {t(PROBLEMS[problem])}
      </p>
      <IconButton name={t('dismiss')} icon="close" small onClick={() => session.dictation.cancel()} />
    </div>
  );
}

/** What is heard so far, and what to do with it. */
export const DictationBar = lazy(
  parts.dictation,
  ({ RecordingBar }) => RecordingBar,
  () => <div class="dictation" aria-busy="true" />,
);
