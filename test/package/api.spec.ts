import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ENTRY_POINTS } from './support/entry-points.js';

const root = join(import.meta.dirname, '../..');

/** The names that an entry point exports, which is all that such a file does. */
function exportedBy(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return [];
    const { exportClause, isTypeOnly } = statement;
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
    return exportClause.elements.map(
      (each) => `${isTypeOnly || each.isTypeOnly ? 'type ' : ''}${each.name.text}`,
    );
  });
}

const exported = Object.entries(ENTRY_POINTS).map(([entry, path]): readonly [string, readonly string[]] => [
  entry,
  exportedBy(path),
]);

describe('The public names', () => {
  it('are those that were agreed on (npm run jest -- test/package/api -u)', () => {
    const lines = exported.flatMap(([entry, names]) => [
      entry === '.' ? 'nestjs-chatkit' : `nestjs-chatkit/${entry}`,
      ...names.map((name) => `  ${name}`).toSorted(),
    ]);
    expect(`\n${lines.join('\n')}\n`).toMatchSnapshot();
  });

  it('come from one entry point each', () => {
    const names = exported.flatMap(([, each]) => each);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });
});
