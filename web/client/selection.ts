/** What is selected in the page, and where it is. */
export interface TextSelection {
  /** On one line, 2,000 characters at most. */
  readonly text: string;
  /** In pixels from the top left of the window. */
  readonly rect: {
    readonly top: number;
    readonly left: number;
    readonly bottom: number;
    readonly right: number;
  };
}

const MAX_TEXT = 2_000;
/** Text being written is not text to ask about, and neither is the chat's own. */
const NOT_THE_PAGE = 'input, textarea, [contenteditable], openai-chatkit, [data-chatkit-ignore-selection]';

/** What is selected now; undefined when it is nothing, or nothing of the page's. */
export function currentSelection(): TextSelection | undefined {
  const selection = document.getSelection();
  const selected = range();
  if (selection === null || selection.isCollapsed || selected === undefined) return undefined;
  const text = selection.toString().replace(/\s+/g, ' ').trim().slice(0, MAX_TEXT);
  if (text === '') return undefined;
  const around = selected.commonAncestorContainer;
  const element = around instanceof Element ? around : around.parentElement;
  if (element?.closest(NOT_THE_PAGE)) return undefined;
  const { top, left, bottom, right } = selected.getBoundingClientRect();
  return { text, rect: { top, left, bottom, right } };
}

/** The same object for as long as the selection stays as it is. */
function range(): Range | undefined {
  const selection = document.getSelection();
  return selection?.rangeCount ? selection.getRangeAt(0) : undefined;
}

/**
 * Tells what is selected, by mouse, touch or keyboard: once the pointer is up, and `undefined` when there is
 * nothing any more, when the page scrolls, or on Escape.
 *
 * @returns stops watching
 */
export function watchSelection(tell: (selection: TextSelection | undefined) => void): () => void {
  let pressed = false;
  let away: Range | undefined;
  const look = (): void => {
    // browsers tell of a selection late: one that was put away meanwhile stays away
    if (!pressed && (away === undefined || away !== range())) tell(currentSelection());
  };
  const press = (): void => {
    pressed = true;
    away = undefined;
  };
  const release = (): void => {
    pressed = false;
    look();
  };
  const putAway = (): void => {
    away = range();
    tell(undefined);
  };
  const key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') putAway();
  };
  const quiet = { capture: true, passive: true };
  document.addEventListener('selectionchange', look);
  document.addEventListener('pointerdown', press, quiet);
  // a finger that selects or scrolls is taken over by the browser: its pointer is cancelled, not lifted
  for (const end of ['pointerup', 'pointercancel'] as const) document.addEventListener(end, release, quiet);
  document.addEventListener('keydown', key, true);
  window.addEventListener('scroll', putAway, quiet);
  window.addEventListener('resize', putAway);
  return () => {
    document.removeEventListener('selectionchange', look);
    document.removeEventListener('pointerdown', press, quiet);
    for (const end of ['pointerup', 'pointercancel'] as const)
      document.removeEventListener(end, release, quiet);
    document.removeEventListener('keydown', key, true);
    window.removeEventListener('scroll', putAway, quiet);
    window.removeEventListener('resize', putAway);
  };
}
