import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const FILES = globSync('src/**/[0-9]*-*.ts', { cwd: ROOT }).filter((file) => /\/\d{13}-[^/]+$/.test(file));
const UPGRADING = readFileSync(join(ROOT, 'docs/upgrading.md'), 'utf8');

/** Indexes on tables of earlier migrations that nobody can make before, and why writers may wait for them. */
const MAY_WAIT: ReadonlyMap<string, string> = new Map([
  ['1764100100000-carry-owners.ts threads_of_owner', 'nothing had been released when it was written'],
  ['1764330000000-count-stored.ts attachments_by_size', 'nothing had been released when it was written'],
]);

const INDEX =
  /\bCREATE\s+(?:UNIQUE\s+)?INDEX\s+(?<concurrently>CONCURRENTLY\s+)?(?<yields>IF\s+NOT\s+EXISTS\s+)?(?<name>\S+)\s+ON\s+(?:ONLY\s+)?(?<table>\S+)/gi;
/** A key that is not made of an index which is there already. */
const KEY =
  /\bALTER\s+TABLE\s+(?:ONLY\s+)?(?<table>\S+)[^;`]*?\bADD\s+(?:CONSTRAINT\s+(?<name>\S+)\s+)?(?:PRIMARY\s+KEY|UNIQUE|EXCLUDE)\b(?!\s+USING\s+INDEX)/gi;
const TABLE = /\bCREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?<table>[^\s(]+)/gi;

/** The last part of a name with its schema, as migrations write it. */
const nameOf = (text = ''): string =>
  text
    .replaceAll(/["'`(]/g, '')
    .split('.')
    .at(-1) ?? '';

/** Whether those who upgrade are told how to make the index before the migration, while others write. */
function isAnnounced(name: string, upgrading: string): boolean {
  const ways = [...upgrading.matchAll(INDEX)].filter(({ groups }) => groups?.['concurrently'] !== undefined);
  return ways.some(({ groups }) => nameOf(groups?.['name']) === name);
}

/** The indexes and keys for which writers of a table have to wait that was there before the migration. */
function waitedFor(source: string, upgrading = UPGRADING): string[] {
  const [forwards = ''] = source.split(/\basync down\(/);
  const made = new Set([...forwards.matchAll(TABLE)].map(({ groups }) => nameOf(groups?.['table'])));
  return [...forwards.matchAll(INDEX), ...forwards.matchAll(KEY)].flatMap(({ groups }) => {
    const name = nameOf(groups?.['name']);
    if (made.has(nameOf(groups?.['table']))) return [];
    return groups?.['yields'] !== undefined && isAnnounced(name, upgrading) ? [] : [name];
  });
}

describe('Indexes that a migration makes on tables of earlier ones', () => {
  it('can be made before, while others write, but for those of which it is said why writers may wait', () => {
    const found = FILES.flatMap((file) =>
      waitedFor(readFileSync(join(ROOT, file), 'utf8')).map((name) => `${basename(file)} ${name}`),
    );
    expect(found.toSorted()).toEqual([...MAY_WAIT.keys()].toSorted());
  });

  const told = 'CREATE INDEX CONCURRENTLY IF NOT EXISTS "told" ON chatkit."items" ("tenant_id")';

  it.each([
    ['CREATE INDEX "told" ON ${schema}."items" ("tenant_id")', ['told']],
    ['CREATE UNIQUE INDEX IF NOT EXISTS "a"\n ON ${schema}."items" ("tenant_id")', ['a']],
    ['CREATE INDEX CONCURRENTLY "told" ON ${schema}."items" ("tenant_id")', ['told']],
    ['CREATE TABLE ${schema}."a" (); CREATE INDEX "b" ON ${schema}."items" ("c")', ['b']],
    ['ALTER TABLE ${schema}."items" ADD CONSTRAINT "told" UNIQUE ("tenant_id", "b")', ['told']],
    ['ALTER TABLE ${schema}."items" ADD PRIMARY KEY ("tenant_id", "b")', ['']],
    ['ALTER TABLE ${schema}."items" ADD CONSTRAINT "a" UNIQUE USING INDEX "told"', []],
    ['CREATE INDEX IF NOT EXISTS "told" ON ${schema}."items" ("tenant_id")', []],
    ['CREATE TABLE ${schema}."items" (); CREATE INDEX "a" ON ${schema}."items" ("b")', []],
    ['CREATE TABLE ${table} (); CREATE INDEX "a" ON ${table} ("b")', []],
  ])('of %s are those that make writers wait', (sql, names) => {
    expect(waitedFor(sql, told)).toEqual(names);
  });
});
