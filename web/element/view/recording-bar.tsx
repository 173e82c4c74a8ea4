import { useEffect, useRef, useState } from 'preact/hooks';
import { MAX_DICTATION } from '../session/dictation.js';
import { IconButton } from './button.js';
import { useView } from './context.js';
import { keyHandler } from './key-handler.js';

/** Milliseconds between two looks at the clock and the microphone. */
const TICK = 100;

/** What is heard so far: how loud, how long, and what to do with it. */
export function RecordingBar({ onWords }: { onWords: (words: string) => void }) {
  const { session, dictation, t } = useView();
  const { status } = dictation.value;
  const accept = useRef<HTMLButtonElement>(null);
  const take = async (): Promise<void> => {
    const words = await session.dictation.accept();
    if (words === undefined) session.focusComposer();
    else onWords(words);
  };
  const cancel = (): void => {
    session.dictation.cancel();
    session.focusComposer();
  };
  const onKeyDown = keyHandler((event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    cancel();
  });
  useEffect(() => {
    if (status === 'recording') accept.current?.focus();
  }, [status]);
  useEffect(
    () => () => {
      // The composer can go while it records, when the thread is closed for instance.
      if (session.dictation.state.value.status !== 'idle') session.dictation.cancel();
    },
    [],
  );
  return (
    <div class="dictation" role="group" aria-label={t('dictation')} onKeyDown={onKeyDown}>
      <IconButton name={t('dictationCancel')} icon="close" onClick={cancel} />
      {status === 'recording' ? (
        <Meter onLimit={() => void take()} />
      ) : (
        <span class="grow" role="status">
          {t(status === 'starting' ? 'micStarting' : 'transcribing')}
        </span>
      )}
      <IconButton
        name={t('dictationAccept')}
        icon="check"
        tone="accent"
        disabled={status !== 'recording'}
        innerRef={accept}
        onClick={() => void take()}
      />
    </div>
  );
}

function Meter({ onLimit }: { onLimit: () => void }) {
  const { session, t } = useView();
  const [{ seconds, level }, show] = useState({ seconds: 0, level: 0 });
  const limit = useRef(onLimit);
  limit.current = onLimit;
  useEffect(() => {
    const began = performance.now();
    const timer = setInterval(() => {
      const elapsed = (performance.now() - began) / 1_000;
      if (elapsed >= MAX_DICTATION) limit.current();
      else show({ seconds: Math.floor(elapsed), level: session.dictation.level });
    }, TICK);
    return () => clearInterval(timer);
  }, []);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <span class="meter grow">
      <span class="sr" role="status">
        {t('recording')}
      </span>
      <span class="level" style={{ '--level': String(level) }} aria-hidden="true" />
      <span role="timer" aria-label={t('recordingTime')}>
        {clock}
      </span>
    </span>
  );
}
