import { useRef } from 'preact/hooks';
import { acceptAttribute } from '../session/upload-limits.js';
import { IconButton } from './button.js';
import { useView } from './context.js';

/** Lets the user pick files. */
export function AttachButton({ disabled }: { disabled: boolean }) {
  const { session, options, t } = useView();
  const picker = useRef<HTMLInputElement>(null);
  const { attachments, api } = options.value;
  if (!attachments.enabled) return null;
  const onChange = (): void => {
    const { current } = picker;
    if (!current) return;
    session.uploads.add([...(current.files ?? [])]);
    // The same file can be picked again.
    current.value = '';
    session.focusComposer();
  };
  return (
    <>
      <IconButton
        name={t('attach')}
        icon="paperclip"
        disabled={disabled || !api.uploads}
        onClick={() => picker.current?.click()}
      />
      <input
        ref={picker}
        class="file-picker"
        type="file"
        hidden
        tabIndex={-1}
        aria-hidden="true"
        multiple={attachments.maxCount > 1}
        accept={acceptAttribute(attachments)}
        onChange={onChange}
      />
    </>
  );
}
