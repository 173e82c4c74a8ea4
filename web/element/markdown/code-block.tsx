import type { CodeNode } from '../parts/code.js';
import { IconButton } from '../view/button.js';
import { useView } from '../view/context.js';
import { useCopy } from '../view/use-copy.js';
import { useHighlight } from './use-highlight.js';

/** A block of code with its language and a button that copies it. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const { t } = useView();
  const { copied, copy } = useCopy();
  const name = language.split(/\s/)[0] ?? '';
  const nodes = useHighlight(code, name.toLowerCase());
  return (
    <div class="code">
      <div class="code-head">
        <span>{name}</span>
        <IconButton name={t('copyCode')} icon={copied ? 'check' : 'copy'} small onClick={() => copy(code)} />
      </div>
      <pre tabIndex={0} role="group" aria-label={name || t('code')}>
        <code>{nodes ? <Nodes nodes={nodes} /> : code}</code>
      </pre>
    </div>
  );
}

function Nodes({ nodes }: { nodes: readonly CodeNode[] }) {
  return (
    <>
      {nodes.map((node) =>
        'text' in node ? (
          node.text
        ) : (
          <span class={`hl-${node.kind}`}>
            <Nodes nodes={node.inside} />
          </span>
        ),
      )}
    </>
  );
}
