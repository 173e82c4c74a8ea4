import { record, text } from '../session/json.js';
import { Children } from './node.js';
import type { NodeProps } from './node.js';

/** Fades in what is inside, and again when another component takes its place. */
export function Transition({ node, depth }: Required<NodeProps>) {
  const child = record(node.children);
  const key = text(child.key) ?? text(child.id) ?? text(child.type) ?? '';
  return (
    <div class="w-transition" key={key}>
      <Children node={node} depth={depth} />
    </div>
  );
}
