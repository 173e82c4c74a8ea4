import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './button.js';
import { useView } from './context.js';
import { keyHandler } from './key-handler.js';

/** A picture over everything else; Escape and the space around it close it. */
export function ImageViewer() {
  const { viewing } = useView();
  return viewing.value ? <Viewer {...viewing.value} /> : null;
}

function Viewer({ src, name }: { src: string; name: string }) {
  const { viewing, t } = useView();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const { current } = dialog;
    current?.showModal();
    // Closing gives focus back to where it was.
    return () => current?.close();
  }, []);
  return (
    <dialog
      class="viewer"
      ref={dialog}
      aria-label={name}
      onClose={() => (viewing.value = undefined)}
      onClick={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
      // Escape is the dialog's alone, even where the page listens for it.
      onKeyDown={keyHandler((event) => event.stopPropagation())}
    >
      <img src={src} alt={name} />
      <IconButton name={t('closeImage')} icon="close" onClick={() => dialog.current?.close()} />
    </dialog>
  );
}
