import { filled, index, oneOf, readAll, text } from '../session/json.js';
import { readWidget } from '../session/read-items.js';
import type { WidgetNode } from '../session/wire.js';
import { useView } from '../view/context.js';
import { css, size, spacing } from './css-values.js';
import { Children } from './node.js';
import type { NodeProps } from './node.js';

type Props = Required<NodeProps>;

/** Pixels that a column of a named size has at least. */
const COLUMNS: Readonly<Record<string, string>> = {
  xs: '48px',
  sm: '80px',
  md: '128px',
  lg: '192px',
  xl: '256px',
};
/** Columns or rows that one cell may take. */
const MAX_SPAN = 100;

/** Rows of one table; header rows that come first make its head. Scrolls in itself where it is too wide. */
export function Table({ node, depth }: Props) {
  const { t } = useView();
  const rows = insideOf(node, 'Table.Row');
  const body = rows.findIndex(({ header }) => header !== true);
  const split = body === -1 ? rows.length : body;
  const row = (entry: WidgetNode, at: number) => (
    <TableRow key={text(entry.key) ?? entry.id ?? at} node={entry} depth={depth + 1} />
  );
  return (
    <div class="table" role="group" tabIndex={0} aria-label={t('table')}>
      <table>
        {split > 0 && <thead>{rows.slice(0, split).map(row)}</thead>}
        <tbody>{rows.slice(split).map(row)}</tbody>
      </table>
    </div>
  );
}

function TableRow({ node, depth }: Props) {
  return (
    <tr>
      {insideOf(node, 'Table.Cell').map((cell, at) => (
        <TableCell
          key={text(cell.key) ?? cell.id ?? at}
          node={cell}
          depth={depth + 1}
          header={node.header === true}
        />
      ))}
    </tr>
  );
}

function TableCell({ node, depth, header }: Props & { header: boolean }) {
  const style = css({
    width: size(node.width),
    minWidth: COLUMNS[filled(node.colSize) ?? ''],
    textAlign: oneOf(node.align, ['start', 'center', 'end'], 'start'),
    verticalAlign: { start: 'top', center: 'middle', end: 'bottom' }[
      oneOf(node.vAlign, ['start', 'center', 'end'], 'center')
    ],
    ...spacing('padding', node.padding),
  });
  const spans = { colSpan: spanOf(node.colSpan), rowSpan: spanOf(node.rowSpan), style };
  const inside = <Children node={node} depth={depth} />;
  return header ? (
    <th scope="col" {...spans}>
      {inside}
    </th>
  ) : (
    <td {...spans}>{inside}</td>
  );
}

function spanOf(value: unknown): number {
  return Math.min(MAX_SPAN, Math.max(1, index(value) ?? 1));
}

/** The components of that type inside; anything else has no place in a table. */
function insideOf({ children }: WidgetNode, type: string): readonly WidgetNode[] {
  return readAll(children, readWidget).filter((child) => child.type === type);
}
