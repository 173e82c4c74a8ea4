import type { Program } from './jinja.js';
import { isNode, nameOf, nodesIn, type Node } from './template-nodes.js';

const CONSTANTS = ['true', 'false', 'none', 'True', 'False', 'None', 'loop'];
const LITERALS = new Set(['StringLiteral', 'IntegerLiteral', 'FloatLiteral']);

/** Fields that name something other than a variable. */
const NO_VARIABLE: Readonly<Record<string, readonly string[]>> = {
  BinaryExpression: ['operator'],
  UnaryExpression: ['operator'],
  FilterExpression: ['filter'],
  TestExpression: ['test'],
  KeywordArgumentExpression: ['key'],
};

/** What a template puts into names of its own. */
interface Assigned {
  /** Everything between `{% set name %}` and `{% endset %}`: text that is made of checked outputs. */
  readonly blocks: Set<string>;
  /** Values: those of `{% set name = … %}` and of loops. */
  readonly values: Set<string>;
}

/**
 * Checks that a template writes values only as JSON (`{{ (name) | tojson }}`), so that none can change the
 * widget's structure, and that it reads no name that its data cannot have.
 *
 * @param known names of the data, or undefined when any may come
 * @throws Error naming what is wrong
 */
export function checkTemplate({ body }: Program, known: readonly string[] | undefined): void {
  const statements = nodesIn(body);
  const assigned: Assigned = { blocks: new Set(), values: new Set() };
  const read = new Set<string>();
  for (const statement of statements) collect(statement, assigned, read);
  const safe = new Set([...CONSTANTS, ...assigned.blocks].filter((name) => !assigned.values.has(name)));
  for (const statement of statements) checkOutput(statement, safe);
  const own = new Set([...CONSTANTS, ...assigned.blocks, ...assigned.values]);
  const unknown = [...read].filter((name) => known !== undefined && !own.has(name) && !known.includes(name));
  if (unknown.length > 0) throw new Error(`its jsonSchema does not know ${unknown.join(', ')}`);
}

function collect(node: Node, assigned: Assigned, read: Set<string>): void {
  if (node.type === 'Set') {
    const name = nameOf(node['assignee']);
    if (name !== undefined) (node['value'] === null ? assigned.blocks : assigned.values).add(name);
  }
  if (node.type === 'For') {
    const { loopvar } = node;
    const names = isNode(loopvar) && loopvar.type === 'TupleLiteral' ? nodesIn(loopvar['value']) : [loopvar];
    for (const each of names) assigned.values.add(nameOf(each) ?? '');
  }
  if (node.type === 'Identifier') read.add(nameOf(node) ?? '');
  const skipped = NO_VARIABLE[node.type] ?? [];
  for (const [field, value] of Object.entries(node)) {
    if (skipped.includes(field)) continue;
    if (node.type === 'MemberExpression' && field === 'property' && node['computed'] !== true) continue;
    for (const inner of nodesIn(value)) collect(inner, assigned, read);
  }
}

function checkOutput(node: Node, safe: ReadonlySet<string>): void {
  switch (node.type) {
    case 'Comment':
    case 'Break':
    case 'Continue':
      return;
    case 'Set':
      return checkAll(nodesIn(node['body']), safe);
    case 'If':
      return checkAll([...nodesIn(node['body']), ...nodesIn(node['alternate'])], safe);
    case 'For':
      return checkAll([...nodesIn(node['body']), ...nodesIn(node['defaultBlock'])], safe);
    case 'Macro':
    case 'CallStatement':
    case 'FilterStatement':
      throw new Error('macros, calls and filter blocks are not for widgets');
    default:
      if (!isSafe(node, safe)) throw new Error(`it writes ${outline(node)} without tojson`);
  }
}

function checkAll(statements: readonly Node[], safe: ReadonlySet<string>): void {
  for (const statement of statements) checkOutput(statement, safe);
}

/** Whether what an expression gives was written by the template, or is JSON. */
function isSafe(node: unknown, safe: ReadonlySet<string>): boolean {
  if (!isNode(node)) return false;
  if (LITERALS.has(node.type)) return true;
  switch (node.type) {
    case 'Identifier':
      return safe.has(nameOf(node) ?? '');
    case 'FilterExpression':
      return (
        nameOf(node['filter']) === 'tojson' ||
        (nameOf(node['filter']) === 'trim' && isSafe(node['operand'], safe))
      );
    case 'Ternary':
      return isSafe(node['trueExpr'], safe) && isSafe(node['falseExpr'], safe);
    case 'SelectExpression':
      return isSafe(node['lhs'], safe);
    case 'MemberExpression':
      return isSafe(node['object'], safe);
    case 'BinaryExpression':
      return isSafe(node['left'], safe) && isSafe(node['right'], safe);
    default:
      return false;
  }
}

/** The names in an expression, for a message. */
function outline(node: Node): string {
  const read = new Set<string>();
  collect(node, { blocks: new Set(), values: new Set() }, read);
  return read.size === 0 ? 'an expression' : [...read].join(', ');
}
