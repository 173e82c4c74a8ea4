import { useEffect, useRef, useState } from 'preact/hooks';
import { useView } from './context.js';
import { Icon } from './icon.js';

function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

/** Takes files that are dropped anywhere on the chat or pasted into the composer, and says so while they hover. */
export function DropZone({ disabled }: { disabled: boolean }) {
  const { session, options, t } = useView();
  const [over, setOver] = useState(false);
  const zone = useRef<HTMLDivElement>(null);
  const open = options.value.attachments.enabled && !disabled;

  useEffect(() => {
    const chat = zone.current?.closest<HTMLElement>('.chat');
    const composer = zone.current?.closest<HTMLElement>('.composer');
    if (!open || !chat || !composer) return undefined;
    const stop = new AbortController();
    // Before the text field, which takes the text of what is dropped and pasted.
    const listening = { signal: stop.signal, capture: true };
    const onDragOver = (event: DragEvent): void => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = ({ relatedTarget: to }: DragEvent): void => {
      if (!(to instanceof Node && chat.contains(to))) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      session.uploads.add(files);
      session.focusComposer();
    };
    const onPaste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      // Cells and paragraphs come with a picture of themselves: whoever pastes those wants the text.
      if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
      event.preventDefault();
      event.stopPropagation();
      session.uploads.add(files);
    };
    chat.addEventListener('dragenter', onDragOver, listening);
    chat.addEventListener('dragover', onDragOver, listening);
    chat.addEventListener('dragleave', onDragLeave, listening);
    chat.addEventListener('drop', onDrop, listening);
    composer.addEventListener('paste', onPaste, listening);
    return () => {
      stop.abort();
      setOver(false);
    };
  }, [open]);

  return (
    <div class={`drop-zone${over ? ' over' : ''}`} ref={zone} aria-hidden="true">
      {over && (
        <span>
          <Icon name="paperclip" />
          {t('dropHere')}
        </span>
      )}
    </div>
  );
}
