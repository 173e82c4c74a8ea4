import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { index, isRecord, readAll, text } from '../session/json.js';
import { readWidget } from '../session/read-items.js';
import { someNode } from '../session/widget-tree.js';
import { useView } from '../view/context.js';
import { flowStyle } from './box-style.js';
import { css } from './css-values.js';
import { Status, judge } from './images.js';
import { Children, Node } from './node.js';
import type { NodeProps } from './node.js';
import { schemeOf } from './scheme.js';
import { useAction } from './use-action.js';
import { useWidget } from './widget-context.js';

type Props = Required<NodeProps>;

/** Entries of a list whose server leaves it to the client how many are shown at first. */
const AUTO_LIMIT = 5;
const CONTROLS = new Set([
  'Button',
  'Input',
  'Textarea',
  'Select',
  'Checkbox',
  'RadioGroup',
  'DatePicker',
  'Markdown',
]);

/** A list, the first entries of it until more are wanted. */
export function ListView({ node, depth }: Props) {
  const { t } = useView();
  const [open, setOpen] = useState(false);
  const rows = useRef<HTMLUListElement>(null);
  const entries = readAll(node.children, readWidget);
  const limit = node.limit === 'auto' ? AUTO_LIMIT : (index(node.limit) ?? 0);
  const cut = !open && limit > 0 && entries.length > limit;
  useLayoutEffect(() => {
    // The button that had the focus is gone: go on with what it has brought.
    const row = open ? rows.current?.children[limit] : undefined;
    (row?.querySelector<HTMLElement>('button') ?? (row as HTMLElement | undefined))?.focus();
  }, [open]);
  return (
    <div class="w-card list" data-scheme={schemeOf(node)}>
      <Status status={node.status} />
      <ul class="w-list" ref={rows}>
        {(cut ? entries.slice(0, limit) : entries).map((entry, at) => (
          <li key={text(entry.key) ?? entry.id ?? at} tabIndex={open && at === limit ? -1 : undefined}>
            <Node node={entry} depth={depth + 1} />
          </li>
        ))}
      </ul>
      {cut && (
        <button type="button" class="text-button w-more" onClick={() => setOpen(true)}>
          {t('showMore')}
        </button>
      )}
    </div>
  );
}

/** An entry of a list; where it has an action, all of it is a button. */
export function ListViewItem({ node, depth }: Props) {
  const scope = useWidget();
  const { busy, run } = useAction(node);
  const id = useId();
  const style = css({ ...flowStyle(node) });
  const inside = <Children node={node} depth={depth} />;
  if (!isRecord(node.onClickAction)) {
    return (
      <div class="w-item" style={style}>
        {inside}
      </div>
    );
  }
  const press = {
    type: 'button' as const,
    'aria-disabled': busy || undefined,
    'aria-busy': busy,
    onClick: (event: { readonly currentTarget: Element }) => run(node.onClickAction, event.currentTarget),
  };
  const hasControls = someNode(
    node,
    (child) => CONTROLS.has(child.type) || (child.type === 'Image' && judge(child.src, scope).kind === 'ask'),
  );
  // Controls cannot be inside of a button, so the button lies below them.
  if (hasControls) {
    return (
      <div class="w-item over" style={style} id={id}>
        <button {...press} class="w-hit" aria-labelledby={id} />
        {inside}
      </div>
    );
  }
  return (
    <button {...press} class="w-item" style={style}>
      {inside}
    </button>
  );
}
