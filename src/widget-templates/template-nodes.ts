import { isRecord } from '../common/is-record.js';
import { parse, tokenize, type Program } from './jinja.js';

/** A node of a parsed template, as far as it is looked at here. */
export interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** @throws Error saying what the template's syntax is not */
export function parseTemplate(source: string): Program {
  return parse(tokenize(source));
}

export function isNode(value: unknown): value is Node {
  return isRecord(value) && typeof value['type'] === 'string';
}

/** The nodes in a field: one, a list of them, or none. */
export function nodesIn(value: unknown): Node[] {
  return (Array.isArray(value) ? value : [value]).filter(isNode);
}

/** The name that an identifier is, or that a call of one begins with. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'CallExpression') return nameOf(node['callee']);
  return node.type === 'Identifier' && typeof node['value'] === 'string' ? node['value'] : undefined;
}
