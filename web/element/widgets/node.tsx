import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';
import { readWidget } from '../session/read-items.js';
import { readAll, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { pure } from '../view/pure.js';
import { ButtonNode } from './button-node.js';
import { Card } from './card.js';
import { Basic, Box, Col, Divider, Form, Row, Spacer } from './containers.js';
import { ImageNode } from './images.js';
import { ListView, ListViewItem } from './list-view.js';
import { Scheme, schemeOf } from './scheme.js';
import { BadgeNode, CaptionNode, IconNode, MarkdownNode, TextNode, TitleNode } from './texts.js';
import { useWidget } from './widget-context.js';

export interface NodeProps {
  readonly node: WidgetNode;
  readonly depth?: number;
}

/** Nesting beyond this is not shown. */
const MAX_DEPTH = 40;

const COMPONENTS: Readonly<Record<string, FunctionComponent<Required<NodeProps>>>> = {
  Card,
  ListView,
  ListViewItem,
  Basic,
  Box,
  Row,
  Col,
  Form,
  Spacer,
  Divider,
  Text: TextNode,
  Title: TitleNode,
  Caption: CaptionNode,
  Badge: BadgeNode,
  Icon: IconNode,
  Image: ImageNode,
  Markdown: MarkdownNode,
  Button: ButtonNode,
  Input: lazy(parts.forms, (part) => part.InputNode, Pending),
  Textarea: lazy(parts.forms, (part) => part.TextareaNode, Pending),
  Select: lazy(parts.forms, (part) => part.SelectNode, Pending),
  Checkbox: lazy(parts.forms, (part) => part.CheckboxNode, Pending),
  RadioGroup: lazy(parts.forms, (part) => part.RadioGroupNode, Pending),
  DatePicker: lazy(parts.forms, (part) => part.DatePickerNode, Pending),
  Label: lazy(parts.forms, (part) => part.LabelNode),
  Chart: lazy(parts.chart, (part) => part.Chart),
  Table: lazy(parts.tables, (part) => part.Table, Children),
  Transition: lazy(parts.tables, (part) => part.Transition, Children),
};

/** In place of a field until it is there; a form with one cannot be sent. */
function Pending() {
  return <span class="w-pending" data-pending aria-hidden="true" />;
}

const ROOTS = new Set(['Card', 'ListView', 'Basic']);

/**
 * A component by its type; one that this code does not know shows what is inside it. It renders again only when
 * it changed, so that text that streams into one place leaves the others alone.
 */
export const Node: FunctionComponent<NodeProps> = pure(function Node({ node, depth = 0 }: NodeProps) {
  if (depth > MAX_DEPTH) return null;
  const Known = Object.hasOwn(COMPONENTS, node.type) ? COMPONENTS[node.type] : undefined;
  if (!Known) return <Unknown node={node} depth={depth} />;
  const scheme = ROOTS.has(node.type) ? schemeOf(node) : undefined;
  if (scheme === undefined) return <Known node={node} depth={depth} />;
  return (
    <Scheme scheme={scheme}>
      <Known node={node} depth={depth} />
    </Scheme>
  );
});

function Unknown({ node, depth }: Required<NodeProps>) {
  const { noteUnknown } = useWidget();
  useEffect(() => noteUnknown(node.type), [node.type]);
  return <Children node={node} depth={depth} />;
}

/** The components inside a component. */
export function Children({ node, depth = 0 }: NodeProps) {
  const inside = Array.isArray(node.children) ? node.children : [node.children];
  return (
    <>
      {readAll(inside, readWidget).map((child, at) => (
        <Node key={text(child.key) ?? child.id ?? at} node={child} depth={depth + 1} />
      ))}
    </>
  );
}
