import type { ComponentChildren } from 'preact';
import type { WidgetNode } from '../session/wire.js';
import { IconButton } from '../view/button.js';
import { useView } from '../view/context.js';

interface Props {
  readonly node: WidgetNode;
  readonly name: string;
  readonly clear: () => void;
  readonly children: ComponentChildren;
}

/** A field with, where it can be cleared, a button beside it that does. */
export function Clearable({ node, name, clear, children }: Props) {
  const { t } = useView();
  if (node.clearable !== true) return <>{children}</>;
  return (
    <span class={`w-clearable${node.block === true ? ' block' : ''}`}>
      {children}
      {node.disabled !== true && (
        <IconButton name={t('clear', { name })} icon="close" small onClick={clear} />
      )}
    </span>
  );
}
