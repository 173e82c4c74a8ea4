import type { FunctionComponent } from 'preact';
import { lazy } from '../parts/lazy.js';
import { parts } from '../parts/parts.js';
import { readWidget } from '../session/read-items.js';
import { readAll, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { ButtonNode } from './button-node.js';
import { Basic, Box, Card, Col, Divider, Form, ListView, ListViewItem, Row, Spacer } from './containers.js';
import { BadgeNode, CaptionNode, IconNode, ImageNode, MarkdownNode, TextNode, TitleNode } from './texts.js';

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
  Input: lazy(parts.forms, (part) => part.InputNode),
  Textarea: lazy(parts.forms, (part) => part.TextareaNode),
  Select: lazy(parts.forms, (part) => part.SelectNode),
  Checkbox: lazy(parts.forms, (part) => part.CheckboxNode),
  RadioGroup: lazy(parts.forms, (part) => part.RadioGroupNode),
  DatePicker: lazy(parts.forms, (part) => part.DatePickerNode),
  Label: lazy(parts.forms, (part) => part.LabelNode),
  Table: lazy(parts.tables, (part) => part.Table, Children),
  Transition: lazy(parts.tables, (part) => part.Transition, Children),
};

/** A component by its type; one that this code does not know shows what is inside it. */
export function Node({ node, depth = 0 }: NodeProps) {
  if (depth > MAX_DEPTH) return null;
  const Known = Object.hasOwn(COMPONENTS, node.type) ? COMPONENTS[node.type] : undefined;
  return Known ? <Known node={node} depth={depth} /> : <Children node={node} depth={depth} />;
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
