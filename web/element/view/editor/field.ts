import { EMPTY_TEXT, TAG_MARK, plainRich, replaceRich, sliceRich } from '../../session/rich-text.js';
import type { RichText } from '../../session/rich-text.js';
import { readRich, renderRich } from './dom.js';
import { select, spanIn } from './selection.js';
import type { Span } from './selection.js';
import { UndoSteps } from './undo.js';
import type { Snapshot } from './undo.js';
import { keyHandler } from '../key-handler.js';

export interface FieldHost {
  changed(rich: RichText): void;
  /** Where the caret is now; undefined when there is none. */
  caretMoved(text: string, caret: number | undefined): void;
  /** Something was put in; tells whether it had to be cut to fit. */
  cut(shortened: boolean): void;
}

const START: Span = { start: 0, end: 0 };

/**
 * An editable element whose content is text with atomic tags. Typing and input methods are the browser's;
 * whatever else changes the text goes through `replace`, so that tags stay whole and every step can be undone.
 */
export class RichField {
  #rich = EMPTY_TEXT;
  #span = START;
  #before: Snapshot | undefined;
  #composing = false;
  readonly #steps = new UndoSteps();

  constructor(
    private readonly root: HTMLElement,
    private readonly limit: number,
    private readonly host: FieldHost,
  ) {}

  /** Takes part in the editing until `signal` fires. */
  listen(signal: AbortSignal): void {
    const { root } = this;
    root.addEventListener('beforeinput', (event) => this.#beforeInput(event), { signal });
    root.addEventListener('input', (event) => this.#input(event), { signal });
    root.addEventListener(
      'keydown',
      keyHandler((event) => this.#keyDown(event)),
      { signal },
    );
    root.addEventListener('paste', (event) => this.#take(event, event.clipboardData), { signal });
    root.addEventListener('drop', (event) => this.#take(event, event.dataTransfer), { signal });
    root.addEventListener('dragstart', (event) => event.preventDefault(), { signal });
    root.addEventListener('focus', () => select(root, this.#span), { signal });
    root.addEventListener('blur', () => this.host.caretMoved('', undefined), { signal });
    root.addEventListener('compositionstart', () => (this.#composing = true), { signal });
    root.addEventListener('compositionend', () => this.#composed(), { signal });
    document.addEventListener('selectionchange', () => this.#selectionChanged(), { signal });
  }

  get composing(): boolean {
    return this.#composing;
  }

  /** Shows another text, as when code has set it; what was undoable is forgotten. */
  show(rich: RichText): void {
    if (rich.text === this.#rich.text && rich.tags.every((tag, at) => tag === this.#rich.tags[at])) return;
    this.#steps.forget();
    this.#apply(rich, { start: rich.text.length, end: rich.text.length });
  }

  /** Replaces a part of the text, as the user has asked for it, and puts the caret behind. */
  replace({ start, end }: Span, insert: RichText): void {
    const room = Math.max(0, this.limit - this.#rich.text.length + end - start);
    const fitting = sliceRich(insert, 0, room);
    this.#steps.note({ rich: this.#rich, span: this.#span });
    const caret = start + fitting.text.length;
    this.#apply(replaceRich(this.#rich, start, end, fitting), { start: caret, end: caret });
    this.host.changed(this.#rich);
    this.host.cut(insert.text.length > room);
    this.#tellCaret();
  }

  /** Puts text where the caret is. */
  insert(rich: RichText): void {
    this.replace(this.#span, rich);
  }

  /** Begins a word with these characters where the caret is. */
  begin(word: string): void {
    const before = this.#rich.text.slice(0, this.#span.start);
    this.root.focus();
    this.insert(plainRich(before === '' || /\s$/.test(before) ? word : ` ${word}`));
  }

  #apply(rich: RichText, span: Span): void {
    this.#rich = rich;
    this.#span = span;
    renderRich(this.root, rich);
    if (this.#focused) select(this.root, span);
  }

  get #focused(): boolean {
    const scope = this.root.getRootNode();
    return scope instanceof ShadowRoot && scope.activeElement === this.root;
  }

  #beforeInput(event: InputEvent): void {
    if (event.isComposing) return;
    const span = spanIn(this.root) ?? this.#span;
    this.#span = span;
    this.#before = { rich: this.#rich, span };
    const own = this.#ownAnswer(event, span);
    if (!own) return;
    event.preventDefault();
    own();
  }

  /** What happens in place of the browser's own doing, for what the browser does not do well. */
  #ownAnswer({ inputType, data }: InputEvent, span: Span): (() => void) | undefined {
    const { text } = this.#rich;
    const { start, end } = span;
    if (inputType === 'historyUndo') return () => this.#step('back');
    if (inputType === 'historyRedo') return () => this.#step('forth');
    if (inputType.startsWith('format') || inputType === 'insertFromDrop') return () => undefined;
    if (inputType === 'insertLineBreak' || inputType === 'insertParagraph')
      return () => this.replace(span, plainRich('\n'));
    if (start !== end && inputType.startsWith('delete')) return () => this.replace(span, EMPTY_TEXT);
    if (inputType === 'deleteContentBackward' && text[start - 1] === TAG_MARK)
      return () => this.replace({ start: start - 1, end }, EMPTY_TEXT);
    if (inputType === 'deleteContentForward' && text[start] === TAG_MARK)
      return () => this.replace({ start, end: end + 1 }, EMPTY_TEXT);
    const awkward = text.slice(start, end).includes(TAG_MARK) || data?.includes('\n');
    if (inputType === 'insertText' && awkward) return () => this.replace(span, plainRich(data ?? ''));
    return undefined;
  }

  #input({ inputType, data }: InputEvent): void {
    const read = readRich(this.root);
    const rich = sliceRich(read, 0, this.limit);
    const span = spanIn(this.root) ?? this.#span;
    if (this.#before) {
      const word = inputType === 'insertText' && data !== null && data.trim() !== '';
      this.#steps.note(this.#before, word ? span.end : undefined);
      // The steps of a composition are one.
      this.#before = undefined;
    }
    this.#rich = rich;
    this.#span = span;
    if (!this.#composing && renderRich(this.root, rich)) select(this.root, span);
    this.host.changed(rich);
    if (read.text.length > this.limit) this.host.cut(true);
    this.#tellCaret();
  }

  #composed(): void {
    this.#composing = false;
    const span = spanIn(this.root) ?? this.#span;
    if (renderRich(this.root, this.#rich)) select(this.root, span);
    this.#tellCaret();
  }

  #keyDown(event: KeyboardEvent): void {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!(ctrlKey || metaKey) || altKey) return;
    const letter = key.toLowerCase();
    const redo = letter === 'y' || (letter === 'z' && shiftKey);
    if (!redo && letter !== 'z') return;
    event.preventDefault();
    this.#step(redo ? 'forth' : 'back');
  }

  #step(way: 'back' | 'forth'): void {
    const now = { rich: this.#rich, span: this.#span };
    const step = way === 'back' ? this.#steps.back(now) : this.#steps.forth(now);
    if (!step) return;
    this.#apply(step.rich, step.span);
    this.host.changed(step.rich);
    this.#tellCaret();
  }

  /** Takes the text of what is pasted or dropped; files are the composer's. */
  #take(event: Event, transfer: DataTransfer | null): void {
    const text = transfer?.getData('text/plain') ?? '';
    if (text === '') return;
    event.preventDefault();
    this.insert(plainRich(text.replaceAll('\r\n', '\n')));
  }

  #selectionChanged(): void {
    const span = this.#focused ? spanIn(this.root) : undefined;
    if (!span || this.#composing) return;
    this.#span = span;
    this.#tellCaret();
  }

  #tellCaret(): void {
    const { start, end } = this.#span;
    this.host.caretMoved(this.#rich.text, start === end && this.#focused ? start : undefined);
  }
}
