'use client';

import type { CSSProperties } from 'react';
import { useChatKitPanel } from './panel-context.js';
import type { TextSelection } from './selection.js';
import { useTextSelection } from './use-text-selection.js';

export interface AskAboutSelectionProps {
  /** Default `Ask about this`. */
  readonly label?: string;
  /** The message for a selection; default: asks to explain it, naming the page. */
  readonly question?: (selection: string, title: string) => string;
}

const ROOM = 48;
const MARGIN = 8;

function explain(selection: string, title: string): string {
  return `Can you explain this from "${title}": ${selection}`;
}

/** Below the selection, or above it at the end of the window; never beyond its sides. */
function placed({ rect }: TextSelection): CSSProperties {
  const below = rect.bottom + ROOM < window.innerHeight;
  const left = Math.min(Math.max(rect.left, MARGIN), window.innerWidth - 4 * ROOM);
  return { position: 'fixed', left, top: below ? rect.bottom + MARGIN : Math.max(MARGIN, rect.top - ROOM) };
}

/** A button beside whatever is selected in the page: it opens the panel and asks about it. */
export function AskAboutSelection({ label = 'Ask about this', question = explain }: AskAboutSelectionProps) {
  const panel = useChatKitPanel();
  const selection = useTextSelection();
  if (selection === undefined) return null;
  const ask = (): void => {
    document.getSelection()?.removeAllRanges();
    void panel.ask(question(selection.text, document.title));
  };
  return (
    <button
      type="button"
      className="chatkit-ask"
      style={placed(selection)}
      // pressing it must not undo the selection it is about
      onPointerDown={(event) => event.preventDefault()}
      onClick={ask}
    >
      {label}
    </button>
  );
}
