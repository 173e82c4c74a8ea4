import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DocumentsConfig } from '../../src/config/documents.config.js';
import { DocumentsCommand, DocumentsService, DocumentStore, parseOrder } from '../../src/documents/index.js';
import type { AuditEntry } from '../../src/entries/admin.js';
import type { StoreParts } from '../../src/store/index.js';
import { createTestDatabase, openStore, type TestDatabase } from '../support/database.js';
import { pdfOf } from './support/pdf.js';

const ADMIN = { tenantId: 'aurora', userId: 'ada' };

describe('the documents command', () => {
  let database: TestDatabase;
  let parts: StoreParts;
  let documents: DocumentsService;
  let folder: string;
  const recorded: [tenantId: string, entry: AuditEntry][] = [];
  const trail = {
    record: async (entry: AuditEntry, { tenantId }: { tenantId: string }) =>
      void recorded.push([tenantId, entry]),
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    parts = await openStore(database);
    const config = new DocumentsConfig();
    documents = new DocumentsService(new DocumentStore(parts.unitOfWork, config), config);
    folder = await mkdtemp(join(tmpdir(), 'documents-'));
    const files: Record<string, string | Uint8Array> = {
      'guide/hours.md': '# Opening hours\nNine to five.',
      'guide/deep/page.HTML': '<title>A page</title><p>Hello</p>',
      'guide/rules.pdf': pdfOf(['No dogs']),
      'guide/broken.pdf': 'not at all\0',
      'guide/picture.png': 'never looked at',
      'guide/.hidden/secret.md': 'hidden',
      notes: 'Plain notes',
    };
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
  });
  afterAll(async () => {
    await parts?.database.close();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(...args: string[]): Promise<{ done: boolean; lines: string[] }> {
    const lines: string[] = [];
    const command = new DocumentsCommand(documents, folder, (line) => lines.push(line), trail);
    return { done: await command.run(parseOrder(args)), lines };
  }
  const sources = async (): Promise<string[]> =>
    (await documents.list({ limit: 100 }, ADMIN)).data.map(({ source }) => source).toSorted();

  it('ingests files and folders, tells what it could not read, and takes the rest', async () => {
    const { done, lines } = await run('ingest', '--tenant', 'aurora', 'guide', 'notes');
    expect(done).toBe(false);
    expect(lines).toEqual([
      expect.stringContaining('broken.pdf: the file is no text'),
      expect.stringMatching(/^deep\/page\.HTML: “A page”, passages: 1, doc_/),
      expect.stringMatching(/^hours\.md: “Opening hours”/),
      expect.stringMatching(/^rules\.pdf: “rules”/),
      expect.stringMatching(/^notes: “notes”/),
      '4 of 5 files ingested',
    ]);
    expect(await sources()).toEqual(['deep/page.HTML', 'hours.md', 'notes', 'rules.pdf']);
  });

  it('replaces what it ingested before, with another address and language', async () => {
    const before = await sources();
    const url = 'https://help.example/docs';
    await run('ingest', '--tenant', 'aurora', '--url', url, '--language', 'simple', 'guide/hours.md');
    expect(await sources()).toEqual(before);
    const { data } = await documents.list({ limit: 100 }, ADMIN);
    expect(data.find(({ source }) => source === 'hours.md')).toMatchObject({
      url: 'https://help.example/docs/hours.md',
      language: 'simple',
    });
  });

  it('lists and deletes what is there', async () => {
    const { lines } = await run('list', '--tenant', 'aurora');
    expect(lines).toHaveLength(4);
    const [id = ''] = lines.find((line) => line.includes('notes'))?.split(' ') ?? [];
    expect(await run('delete', '--tenant', 'borealis', id)).toEqual({
      done: false,
      lines: [`${id} not found`],
    });
    expect(await run('delete', '--tenant', 'aurora', id)).toEqual({ done: true, lines: [`${id} deleted`] });
    expect(await sources()).not.toContain('notes');
  });

  it('tells the audit log of each document, whose organisation it was, and how it ended', async () => {
    recorded.length = 0;
    const { lines } = await run('ingest', '--tenant', 'aurora', 'guide/hours.md', 'guide/broken.pdf');
    const id = lines
      .find((line) => line.startsWith('hours.md'))
      ?.split(', ')
      .at(-1);
    await run('list', '--tenant', 'borealis');
    await run('delete', '--tenant', 'aurora', id ?? '', 'doc_none');
    const by = { actor: 'command' };
    expect(recorded).toEqual([
      ['aurora', { ...by, action: 'documents.ingest', outcome: 'done', target: id }],
      ['aurora', { ...by, action: 'documents.ingest', outcome: 'failed', code: 'invalid_request' }],
      ['borealis', { ...by, action: 'documents.list', outcome: 'done', isReading: true }],
      ['aurora', { ...by, action: 'documents.delete', outcome: 'done', target: id }],
      [
        'aurora',
        { ...by, action: 'documents.delete', outcome: 'failed', code: 'not_found', target: 'doc_none' },
      ],
    ]);
  });

  it.each([
    [],
    ['eat', '--tenant', 'a', 'x'],
    ['ingest', 'x'],
    ['ingest', '--tenant', 'a'],
    ['list', '--tenant', 'a', 'x'],
    ['ingest', '--tenant', 'a', '--colour', 'red', 'x'],
  ])('says how it is called instead of %s %s %s %s', (...args) => {
    expect(() => parseOrder(args.filter((arg) => arg !== undefined))).toThrow(/^usage:/);
  });

  it('names a path that is not there', async () => {
    await expect(run('ingest', '--tenant', 'aurora', 'nowhere')).rejects.toThrow(
      /no file or folder .*nowhere/,
    );
  });
});
