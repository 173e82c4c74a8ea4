import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { AuditEntry, AuditTrail } from '../../chatkit/audit/audit-trail.port.js';
import { InvalidRequestError, type TenantScope } from '../../chatkit/core/index.js';
import type { DocumentsService } from '../documents.service.js';
import { CommandError } from '../../common/command-error.js';
import { filesOf, type IngestFile } from './files.js';

const USAGE = `usage: npm run documents -- ingest --tenant ID [--language NAME] [--url ADDRESS] PATH…
       npm run documents -- list --tenant ID
       npm run documents -- delete --tenant ID DOCUMENT…

Files are Markdown, HTML, text or PDF; of a folder all of them are taken. What was ingested under the same name
before is replaced. With --url, a file is found at that address followed by its path below the folder.`;

const COMMANDS = ['ingest', 'list', 'delete'] as const;
const PAGE = 100;

/** What a call of the command asks for. */
export interface DocumentsOrder {
  readonly command: (typeof COMMANDS)[number];
  readonly tenantId: string;
  /** Paths, or ids of documents. */
  readonly names: readonly string[];
  readonly language: string | undefined;
  readonly url: string | undefined;
}

/** @throws CommandError saying how the command is called */
export function parseOrder(args: readonly string[]): DocumentsOrder {
  const { values, positionals } = parsed(args);
  const [first, ...names] = positionals;
  const command = COMMANDS.find((known) => known === first);
  const { tenant, language, url } = values;
  if (command === undefined || !tenant || (command === 'list') !== (names.length === 0)) {
    throw new CommandError(USAGE);
  }
  if (url !== undefined && !URL.canParse(url)) throw new CommandError(`${url} is no address`);
  return { command, tenantId: tenant, names, language, url };
}

function parsed(args: readonly string[]) {
  const option = { type: 'string' } as const;
  const options = { tenant: option, language: option, url: option };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new CommandError(USAGE);
  }
}

/** Ingests, lists and deletes documents of a tenant, and tells what it does. */
export class DocumentsCommand {
  /**
   * @param folder what relative paths start from
   * @param say told what was done, line by line
   * @param trail told it, too, for the administrators of the tenant
   */
  constructor(
    private readonly documents: DocumentsService,
    private readonly folder: string,
    private readonly say: (line: string) => void,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * @returns whether all of it was done; what was not is told
   * @throws CommandError when there is no such path, UnavailableError while the database is not there
   */
  async run(order: DocumentsOrder): Promise<boolean> {
    const scope = { tenantId: order.tenantId, userId: 'documents-command' };
    switch (order.command) {
      case 'ingest':
        return this.#ingest(order, scope);
      case 'delete':
        return this.#delete(order, scope);
      default:
        return this.#list(scope);
    }
  }

  async #ingest(order: DocumentsOrder, scope: TenantScope): Promise<boolean> {
    const files = await filesOf(order.names.map((name) => resolve(this.folder, name)));
    let failed = 0;
    for (const file of files) {
      try {
        this.say(await this.#take(file, order, scope));
      } catch (error) {
        if (!(error instanceof InvalidRequestError)) throw error;
        failed += 1;
        await this.#record({ action: 'documents.ingest', outcome: 'failed', code: error.code }, scope);
        this.say(`${file.name}: ${error.message}`);
      }
    }
    this.say(`${files.length - failed} of ${files.length} files ingested`);
    return failed === 0;
  }

  async #take(
    { path, name, bytes: size }: IngestFile,
    { url, language }: DocumentsOrder,
    scope: TenantScope,
  ): Promise<string> {
    this.documents.checkSize(size);
    const bytes = await readFile(path);
    const address = url === undefined ? undefined : new URL(name, url.endsWith('/') ? url : `${url}/`).href;
    const upload = { bytes, filename: name, source: name, url: address, language };
    const { title, id, chunks } = await this.documents.ingest(upload, scope);
    await this.#record({ action: 'documents.ingest', outcome: 'done', target: id }, scope);
    return `${name}: “${title}”, passages: ${chunks}, ${id}`;
  }

  async #list(scope: TenantScope): Promise<boolean> {
    await this.#record({ action: 'documents.list', outcome: 'done', isReading: true }, scope);
    for (let after: string | undefined; ;) {
      const page = await this.documents.list({ limit: PAGE, after }, scope);
      for (const { id, source, title } of page.data) this.say(`${id}  ${source}  “${title}”`);
      if (!page.has_more) return true;
      after = page.after;
    }
  }

  async #delete({ names }: DocumentsOrder, scope: TenantScope): Promise<boolean> {
    let all = true;
    for (const id of names) {
      const done = await this.documents.remove(id, scope);
      const end = done ? ({ outcome: 'done' } as const) : ({ outcome: 'failed', code: 'not_found' } as const);
      await this.#record({ action: 'documents.delete', target: id, ...end }, scope);
      this.say(done ? `${id} deleted` : `${id} not found`);
      all &&= done;
    }
    return all;
  }

  #record(entry: Omit<AuditEntry, 'actor'>, scope: TenantScope): Promise<void> {
    return this.trail.record({ ...entry, actor: 'command' }, scope);
  }
}
