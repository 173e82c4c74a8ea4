import type { FunctionComponent } from 'preact';
import { readWidget } from '../session/read-items.js';
import { readAll, text } from '../session/json.js';
import type { WidgetNode } from '../session/wire.js';
import { ButtonNode } from './button-node.js';
import { Basic, Box, Card, Col, Divider, Form, ListView, ListViewItem, Row, Spacer } from './containers.js';
import {
  CheckboxNode,
  DatePickerNode,
  InputNode,
  LabelNode,
  RadioGroupNode,
  SelectNode,
  TextareaNode,
} from './fields.js';
import { Table } from './tables.js';
import { BadgeNode, CaptionNode, IconNode, ImageNode, MarkdownNode, TextNode, TitleNode } from './texts.js';
import { Transition } from './transition.js';

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
  Input: InputNode,
  Textarea: TextareaNode,
  Select: SelectNode,
  Checkbox: CheckboxNode,
  RadioGroup: RadioGroupNode,
  DatePicker: DatePickerNode,
  Label: LabelNode,
  Table,
  Transition,
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
