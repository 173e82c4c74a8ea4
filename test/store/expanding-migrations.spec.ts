import { readFileSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FILES = globSync('src/**/[0-9]*-*.ts', { cwd: ROOT }).filter((file) => /\/\d{13}-[^/]+$/.test(file));

/** What the version before does not survive, by the words of the statement. */
const CONTRACTIONS: ReadonlyMap<string, RegExp> = new Map([
  ['takes a column away', /\bDROP\s+COLUMN\b/i],
  ['takes a table away', /\bDROP\s+TABLE\b/i],
  ['takes a function or a type away', /\bDROP\s+(FUNCTION|TYPE|VIEW|SCHEMA)\b/i],
  ['gives another name', /\bRENAME\b/i],
  ['changes a type', /\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b/i],
  ['demands a value that may be missing', /\bSET\s+NOT\s+NULL\b/i],
  [
    'adds a column that the version before leaves empty',
    /\bADD\s+COLUMN\b(?![^,;`]*\bDEFAULT\b)[^,;`]*\bNOT\s+NULL\b/i,
  ],
  ['takes a right away', /\bREVOKE\b(?![^;`]*\bFROM\s+PUBLIC\b)/i],
]);

/** What a migration does when it runs; what takes it back is for development. */
function forwards(source: string): string {
  const [, body = ''] = /async up\([^]*?\{\n([^]*?)\n {2}\}\n/.exec(source) ?? [];
  return body;
}

function contractionsIn(sql: string): string[] {
  return [...CONTRACTIONS].filter(([, words]) => words.test(sql)).map(([what]) => what);
}

describe('Migrations', () => {
  it('are found, each with what it does', () => {
    expect(FILES.length).toBeGreaterThan(5);
    const empty = FILES.filter((file) => forwards(readFileSync(join(ROOT, file), 'utf8')) === '');
    expect(empty).toEqual([]);
  });

  it('take nothing from the version before, unless they say that they contract', () => {
    const found = FILES.filter((file) => !basename(file).includes('-contract-')).flatMap((file) =>
      contractionsIn(forwards(readFileSync(join(ROOT, file), 'utf8'))).map((what) => `${file} ${what}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['ALTER TABLE x.items DROP COLUMN "data"', 'takes a column away'],
    ['DROP TABLE x.items', 'takes a table away'],
    ['ALTER TABLE x.items RENAME COLUMN a TO b', 'gives another name'],
    ['ALTER TABLE x.items ALTER COLUMN seq TYPE text', 'changes a type'],
    ['ALTER TABLE x.items ALTER COLUMN seq SET NOT NULL', 'demands a value that may be missing'],
    ['ALTER TABLE x.items ADD COLUMN a text NOT NULL', 'adds a column that the version before leaves empty'],
    ['REVOKE SELECT ON x.items FROM app', 'takes a right away'],
  ])('would be told of %s', (sql, what) => {
    expect(contractionsIn(sql)).toEqual([what]);
  });

  it.each([
    'ALTER TABLE x.items ADD COLUMN "a" text',
    'ALTER TABLE x.items ADD COLUMN "a" boolean NOT NULL DEFAULT false',
    'CREATE TABLE x.a ("b" text NOT NULL)',
    'REVOKE ALL ON FUNCTION x.a() FROM PUBLIC',
  ])('may do %s', (sql) => {
    expect(contractionsIn(sql)).toEqual([]);
  });
});
