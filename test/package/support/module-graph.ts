import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

export interface ModuleGraph {
  /** Files, from the root of the project. */
  readonly files: readonly string[];
  /** Names of the packages they take. */
  readonly packages: readonly string[];
}

/** What is followed: what loading a file loads, also what it may load later, or also what it takes types from. */
export type Reach = 'at once' | 'ever' | 'with types';

/** What some files of the source, named from the root of the project, need. */
export function moduleGraph(root: string, entries: readonly string[], reach: Reach): ModuleGraph {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const name of knownImports(join(root, file), reach)) {
      if (name.startsWith('.')) visit(join(dirname(file), name.replace(/\.js$/, '.ts')));
      else if (!name.startsWith('node:')) packages.add(packageOf(name));
    }
  };
  for (const entry of entries) visit(entry);
  return { files: [...files].toSorted(), packages: [...packages].toSorted() };
}

/** What a file names, and what of it is followed at least to come there. */
interface Named {
  readonly name: string;
  readonly from: Reach;
}

const FURTHER: readonly Reach[] = ['at once', 'ever', 'with types'];

/** By file: many entries need the same files, which do not change meanwhile. */
const known = new Map<string, readonly Named[]>();

function knownImports(path: string, reach: Reach): string[] {
  const found = known.get(path) ?? importsOf(path);
  known.set(path, found);
  const isFollowed = ({ from }: Named): boolean => FURTHER.indexOf(from) <= FURTHER.indexOf(reach);
  return found.filter(isFollowed).map(({ name }) => name);
}

const WITHOUT_COMMENTS: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.Latest,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

function importsOf(path: string): readonly Named[] {
  if (!existsSync(path)) throw new Error(`${path} is imported and does not exist`);
  const text = readFileSync(path, 'utf8');
  const source = ts.createSourceFile(path, text, WITHOUT_COMMENTS);
  const found: Named[] = [];
  const add = (from: Reach, name: ts.Node | undefined): void => {
    if (name !== undefined && ts.isStringLiteral(name)) found.push({ name: name.text, from });
  };
  const look = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      add(isTypes(node) ? 'with types' : 'at once', node.moduleSpecifier);
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add('ever', node.arguments[0]);
    }
  };
  const lookInto = (node: ts.Node): void => {
    look(node);
    ts.forEachChild(node, lookInto);
  };
  // only a call is further in than at the top
  source.statements.forEach(text.includes('import(') ? lookInto : look);
  return found;
}

function isTypes(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    const { exportClause } = node;
    return (
      node.isTypeOnly || allTypes(exportClause && ts.isNamedExports(exportClause) ? exportClause : undefined)
    );
  }
  const { importClause } = node;
  if (importClause === undefined) return false;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const { name, namedBindings } = importClause;
  return (
    name === undefined &&
    allTypes(namedBindings && ts.isNamedImports(namedBindings) ? namedBindings : undefined)
  );
}

function allTypes(bindings: ts.NamedImports | ts.NamedExports | undefined): boolean {
  return bindings !== undefined && bindings.elements.every(({ isTypeOnly }) => isTypeOnly);
}

function packageOf(name: string): string {
  return name.split('/', name.startsWith('@') ? 2 : 1).join('/');
}
