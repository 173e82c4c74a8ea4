import { EMPTY_TEXT, TAG_MARK, joinRich, partsOf, plainRich, tagRich } from '../../session/rich-text.js';
import type { RichText, Tag } from '../../session/rich-text.js';

/** Which tag a node of an editor stands for. */
const tagOfNode = new WeakMap<Node, Tag>();

/** A child of the editor: text, a tag, or after a tag or a line break a filler that gives the caret room. */
type Piece = string | Tag | undefined;

const FILLER = undefined;

export function tagLabel({ text }: Pick<Tag, 'text'>): string {
  return text.startsWith('@') ? text : `@${text}`;
}

/** The tag that a node of an editor shows. */
export function tagAt(node: Node): Tag | undefined {
  return tagOfNode.get(node);
}

function piecesOf(rich: RichText): readonly Piece[] {
  const pieces = partsOf(rich).map((part) => (part.type === 'input_tag' ? part : part.text));
  const needsFiller = rich.text.endsWith('\n') || rich.text.endsWith(TAG_MARK);
  return needsFiller ? [...pieces, FILLER] : pieces;
}

function createNode(piece: Piece): Node {
  if (piece === FILLER) return document.createElement('br');
  if (typeof piece === 'string') return document.createTextNode(piece);
  const span = document.createElement('span');
  span.className = 'tag';
  span.contentEditable = 'false';
  span.textContent = tagLabel(piece);
  tagOfNode.set(span, piece);
  return span;
}

function shows(node: Node | undefined, piece: Piece): boolean {
  if (piece === FILLER) return node instanceof HTMLBRElement;
  if (typeof piece === 'string') return node instanceof Text && node.data === piece;
  return node !== undefined && tagOfNode.get(node) === piece && node.textContent === tagLabel(piece);
}

/** Makes the editor show the text; leaves the nodes alone when it does already. Tells whether it changed. */
export function renderRich(root: HTMLElement, rich: RichText): boolean {
  const pieces = piecesOf(rich);
  const nodes = root.childNodes;
  if (nodes.length === pieces.length && pieces.every((piece, at) => shows(nodes[at], piece))) return false;
  root.replaceChildren(...pieces.map(createNode));
  return true;
}

/** What the editor shows, whatever the browser made of its nodes. */
export function readRich(root: HTMLElement): RichText {
  const last = root.lastChild;
  const read = (node: Node): RichText => {
    const tag = tagOfNode.get(node);
    if (tag) return tagRich(tag);
    if (node instanceof Text) return plainRich(node.data);
    if (node instanceof HTMLBRElement) return node === last ? EMPTY_TEXT : plainRich('\n');
    return joinRich(...[...node.childNodes].map(read));
  };
  return read(root);
}

function sizeOf(node: Node, root: HTMLElement): number {
  if (tagOfNode.has(node)) return 1;
  if (node instanceof Text) return node.data.length;
  if (node instanceof HTMLBRElement) return node === root.lastChild ? 0 : 1;
  return [...node.childNodes].reduce((sum, child) => sum + sizeOf(child, root), 0);
}

/** The index in the text that a place in the nodes stands for. */
export function indexOf(root: HTMLElement, container: Node, offset: number): number {
  let index = 0;
  let node = container;
  if (container instanceof Text) index = offset;
  else for (const child of [...container.childNodes].slice(0, offset)) index += sizeOf(child, root);
  for (; node !== root && node.parentNode; node = node.parentNode) {
    // Inside of a tag there is nowhere to be: before it or behind it.
    if (tagOfNode.has(node)) index = Math.min(1, index);
    for (let before = node.previousSibling; before; before = before.previousSibling)
      index += sizeOf(before, root);
  }
  return index;
}

/** The place in the nodes that an index in the text stands for, inside of a text where there is one. */
export function placeOf(root: HTMLElement, index: number): { node: Node; offset: number } {
  let left = index;
  for (const [at, child] of [...root.childNodes].entries()) {
    if (child instanceof Text && left <= child.data.length) return { node: child, offset: left };
    if (left === 0) return { node: root, offset: at };
    left -= sizeOf(child, root);
  }
  return { node: root, offset: root.childNodes.length };
}
