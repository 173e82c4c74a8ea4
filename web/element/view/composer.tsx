import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { MAX_DRAFT_LENGTH } from '../session/composer.js';
import { IconButton } from './button.js';
import { useView } from './context.js';

/** Where the user writes. A locked thread shows its reason here, a closed one replaces it. */
export function Composer() {
  const { state, options, t } = useView();
  const status = state.value.thread?.status;
  if (status?.type === 'closed') {
    return (
      <div class="closed" role="note">
        {status.reason ?? t('closed')}
      </div>
    );
  }
  const locked = status?.type === 'locked';
  const placeholder = locked
    ? (status.reason ?? t('locked'))
    : (options.value.placeholder ?? t('placeholder'));
  return <Input placeholder={placeholder} locked={locked} />;
}

function Input({ placeholder, locked }: { placeholder: string; locked: boolean }) {
  const { session, state, composer, locale, t } = useView();
  const [shortened, setShortened] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const { revision, reply } = composer.value;
  const { canStop, turn } = state.value;
  const busy = turn !== 'idle';

  // The field is its own master while the user types, so that input methods are never disturbed.
  useLayoutEffect(() => {
    const area = field.current;
    const { text } = session.composer.state.value;
    if (area && area.value !== text) area.value = text;
  }, [revision]);
  useLayoutEffect(() => grow(field.current), [revision, composer.value.text]);
  useEffect(() => {
    const area = field.current;
    if (!area) return undefined;
    const observer = new ResizeObserver(() => grow(area));
    observer.observe(area.parentElement ?? area);
    return () => observer.disconnect();
  }, []);

  const submit = (): void => {
    if (!composing.current) void session.submit();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && canStop && busy) {
      event.stopPropagation();
      session.stopResponse();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || composing.current) return;
    event.preventDefault();
    submit();
  };
  // The browser cuts what does not fit without a word.
  const onPaste = (event: ClipboardEvent & { currentTarget: HTMLTextAreaElement }): void => {
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    const pasted = event.clipboardData?.getData('text/plain').length ?? 0;
    setShortened(value.length - (selectionEnd - selectionStart) + pasted > MAX_DRAFT_LENGTH);
  };
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    submit();
  };
  return (
    <form class={`composer${locked ? ' locked' : ''}`} onSubmit={onSubmit}>
      {reply !== undefined && (
        <div class="reply">
          <blockquote aria-label={t('quote')}>{reply}</blockquote>
          <IconButton
            name={t('removeQuote')}
            icon="close"
            small
            onClick={() => session.composer.put({ reply: null })}
          />
        </div>
      )}
      {shortened && composer.value.text.length === MAX_DRAFT_LENGTH && (
        <p class="composer-note" role="alert">
          {t('shortened', { count: MAX_DRAFT_LENGTH.toLocaleString(locale.value) })}
        </p>
      )}
      <div class="composer-row">
        <textarea
          ref={field}
          rows={1}
          class="input"
          aria-label={t('message')}
          placeholder={placeholder}
          disabled={locked}
          maxLength={MAX_DRAFT_LENGTH}
          enterkeyhint="send"
          onInput={(event) => session.composer.type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onCompositionStart={() => {
            composing.current = true;
          }}
          onCompositionEnd={() => {
            composing.current = false;
          }}
        />
        {busy && canStop ? (
          <IconButton
            name={t('stop')}
            icon="stop"
            tone="accent filled"
            onClick={() => session.stopResponse()}
          />
        ) : (
          <IconButton
            name={t('send')}
            icon="arrow-up"
            tone="accent"
            disabled={busy || locked || composer.value.text.trim() === ''}
            onClick={submit}
          />
        )}
      </div>
    </form>
  );
}

/** Makes the field as high as its text; the style sheet sets the limit. */
function grow(area: HTMLTextAreaElement | null): void {
  if (!area) return;
  area.style.setProperty('block-size', 'auto');
  area.style.setProperty('block-size', `${area.scrollHeight}px`);
}
