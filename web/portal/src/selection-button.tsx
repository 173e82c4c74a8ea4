import { useTextSelection } from '../../client/index.js';
import type { TextSelection } from '../../client/index.js';
import { Icon } from './icons.js';

const ROOM = 56;
const WIDTH = 190;
const MARGIN = 8;

/** Below the selection, or above it at the end of the window; never beyond its sides. */
function placed({ rect }: TextSelection) {
  const below = rect.bottom + ROOM < window.innerHeight;
  const top = below ? rect.bottom + MARGIN : rect.top - ROOM;
  const left = Math.max(MARGIN, Math.min(rect.left, window.innerWidth - WIDTH));
  return { left, top: Math.max(MARGIN, Math.min(top, window.innerHeight - ROOM)) };
}

/** Beside what is selected in the page: asks the assistant to explain it. */
export function SelectionButton({ onAsk }: { onAsk: (prompt: string) => void }) {
  const selection = useTextSelection();
  if (selection === undefined) return null;
  const ask = (): void => {
    document.getSelection()?.removeAllRanges();
    onAsk(`Can you explain this: “${selection.text}”`);
  };
  return (
    <button
      type="button"
      className="button primary selection-button"
      style={placed(selection)}
      // pressing it must not undo the selection it is about
      onPointerDown={(event) => event.preventDefault()}
      onClick={ask}
    >
      <Icon name="chat" /> Ask about this
    </button>
  );
}
