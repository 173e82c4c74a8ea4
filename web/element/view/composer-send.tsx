import { IconButton } from './button.js';
import { useView } from './context.js';

/** Sends the draft or, while a response runs that can be stopped, stops it. */
export function SendButton({ locked, submit }: { locked: boolean; submit: () => void }) {
  const { session, state, composer, uploads, t } = useView();
  const { canStop, turn } = state.value;
  const busy = turn !== 'idle';
  if (busy && canStop) {
    return (
      <IconButton name={t('stop')} icon="stop" tone="accent filled" onClick={() => session.stopResponse()} />
    );
  }
  const files = uploads.value.uploads;
  const empty = composer.value.text.trim() === '' && files.length === 0;
  const waiting = files.some(({ status }) => status !== 'ready');
  return (
    <IconButton
      name={t('send')}
      icon="arrow-up"
      tone="accent"
      disabled={busy || locked || empty || waiting}
      onClick={submit}
    />
  );
}
