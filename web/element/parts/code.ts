import { common, createLowlight } from 'lowlight';
import css from '../styles/code.css?inline';
import { addStyles } from '../styles/sheet.js';

/** A run of text, or of text that the language gives a meaning to. */
export type CodeNode =
  { readonly text: string } | { readonly kind: string; readonly inside: readonly CodeNode[] };

type HighlightTree = ReturnType<ReturnType<typeof createLowlight>['highlight']>;
type HighlightNode = HighlightTree['children'][number];

const lowlight = createLowlight(common);
addStyles(css);

/** What the parts of the code mean; undefined for a language that is not known. */
export function highlight(code: string, language: string): readonly CodeNode[] | undefined {
  return lowlight.registered(language) ? nodesOf(lowlight.highlight(language, code).children) : undefined;
}

function nodesOf(nodes: readonly HighlightNode[]): readonly CodeNode[] {
  return nodes.flatMap((node): CodeNode[] => {
    if (node.type === 'text') return [{ text: node.value }];
    if (node.type !== 'element') return [];
    const names = node.properties['className'];
    const kind = Array.isArray(names) ? String(names[0]).replace('hljs-', '') : '';
    return [{ kind, inside: nodesOf(node.children) }];
  });
}
