import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isShut } from '../session/state.js';
import { useView } from './context.js';
import { selectedRange } from './editor/selection.js';
import { Icon } from './icon.js';

/** Characters of an answer that a message can quote. */
const MAX_QUOTE = 2_000;
/** Pixels the button stands above the selection. */
const RISE = 40;
const HALF_WIDTH = 50;

interface Quotable {
  readonly text: string;
  readonly top: number;
  readonly left: number;
}

/** A button at text of an answer that is selected: what is written next replies to it. */
export function QuoteButton({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const { session, state, t } = useView();
  const [quotable, setQuotable] = useState<Quotable>();

  useEffect(() => {
    const log = scroller.current;
    if (!log) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    let pressed = false;
    const look = (): void => setQuotable(pressed ? undefined : quotableIn(log));
    const press = (down: boolean) => (): void => {
      pressed = down;
      look();
    };
    log.addEventListener('pointerdown', press(true), { signal });
    window.addEventListener('pointerup', press(false), { signal });
    window.addEventListener('pointercancel', press(false), { signal });
    document.addEventListener('selectionchange', look, { signal });
    log.addEventListener('scroll', look, { signal });
    return () => stop.abort();
  }, []);

  if (!quotable || isShut(state.value)) return null;
  const quote = (): void => {
    session.composer.put({ reply: quotable.text });
    document.getSelection()?.removeAllRanges();
    session.focusComposer();
  };
  return (
    <button
      type="button"
      class="quote-button"
      style={{ top: `${quotable.top}px`, left: `${quotable.left}px` }}
      // The selection stays until the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={quote}
    >
      <Icon name="reply" />
      {t('reply')}
    </button>
  );
}

function answerAround(node: Node): Element | null {
  return (node instanceof Element ? node : node.parentElement)?.closest('.assistant') ?? null;
}

/** The selection, as far as it is in the answer in which it begins. */
function quotableIn(log: HTMLElement): Quotable | undefined {
  const selected = selectedRange(log);
  if (!selected || selected.collapsed || !log.contains(selected.startContainer)) return undefined;
  const answer = answerAround(selected.startContainer);
  if (!answer) return undefined;
  const range = document.createRange();
  range.setStart(selected.startContainer, selected.startOffset);
  if (answer.contains(selected.endContainer)) range.setEnd(selected.endContainer, selected.endOffset);
  else range.setEndAfter(answer.lastChild ?? answer);
  const text = wordsOf(range).trim().slice(0, MAX_QUOTE);
  const first = range.getClientRects()[0];
  const frame = log.getBoundingClientRect();
  if (text === '' || !first || first.bottom < frame.top || first.top > frame.bottom) return undefined;
  const middle = first.left + first.width / 2 - frame.left - HALF_WIDTH;
  return {
    text,
    top: Math.max(4, first.top - frame.top - RISE),
    left: Math.max(4, Math.min(middle, frame.width - 2 * HALF_WIDTH - 4)),
  };
}

const BLOCKS = 'p, li, pre, blockquote, tr, h1, h2, h3, h4, h5, h6';

/** The text of a range, with blocks on lines of their own. */
function wordsOf(range: Range): string {
  const copy = range.cloneContents();
  for (const block of copy.querySelectorAll(BLOCKS)) block.append('\n');
  return copy.textContent.replaceAll(/\n{2,}/g, '\n');
}
