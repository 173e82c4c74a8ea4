import { indexOf, placeOf } from './dom.js';

/** A selection in an editor's text; both are the same for a caret. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface FirstComposedRanges {
  getComposedRanges(...roots: ShadowRoot[]): StaticRange[];
}

interface SelectingRoot {
  /** Chromium before it knew `getComposedRanges`. */
  getSelection?(): Selection | null;
}

/** The selected range as seen from inside of the node's shadow tree. */
export function selectedRange(within: Node): AbstractRange | undefined {
  const root = within.getRootNode();
  const selection = document.getSelection();
  if (!selection || !(root instanceof ShadowRoot)) return undefined;
  if (typeof selection.getComposedRanges === 'function') return composedRange(selection, root);
  const own = (root as SelectingRoot).getSelection?.() ?? selection;
  return own.rangeCount > 0 ? own.getRangeAt(0) : undefined;
}

function composedRange(selection: Selection, root: ShadowRoot): StaticRange | undefined {
  try {
    return selection.getComposedRanges({ shadowRoots: [root] })[0];
  } catch {
    // The first version of it, in Safari, took the roots themselves.
    return (selection as unknown as FirstComposedRanges).getComposedRanges(root)[0];
  }
}

/** What is selected in the editor; undefined when the selection is elsewhere. */
export function spanIn(editor: HTMLElement): Span | undefined {
  const range = selectedRange(editor);
  if (!range || !editor.contains(range.startContainer) || !editor.contains(range.endContainer))
    return undefined;
  return {
    start: indexOf(editor, range.startContainer, range.startOffset),
    end: indexOf(editor, range.endContainer, range.endOffset),
  };
}

export function select(editor: HTMLElement, { start, end }: Span): void {
  const from = placeOf(editor, start);
  const to = placeOf(editor, end);
  document.getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
}
