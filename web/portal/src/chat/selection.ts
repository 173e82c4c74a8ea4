/** Where the page's own text is. */
const CONTENT = '#content';

let last = '';

function look(): void {
  const selection = document.getSelection();
  const within = selection?.anchorNode?.parentElement?.closest(CONTENT);
  const text = within ? (selection?.toString().trim() ?? '') : '';
  if (text !== '') last = text;
}

/** Keeps what was selected in the page: a click into the chat takes the selection away. */
export function watchSelection(): () => void {
  document.addEventListener('selectionchange', look);
  return () => document.removeEventListener('selectionchange', look);
}

/** What was selected last. */
export function lastSelection(): string {
  return last;
}
