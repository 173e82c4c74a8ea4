import {
  selectTenant,
  type ExportedTable,
  type SchemaFeatures,
  type TenantDatabase,
  type TenantParts,
  type Transaction,
} from '../../store/index.js';
import { inDirectoryOf } from '../in-directory.js';
import { TenantStateError, UnknownTenantError } from '../tenant-errors.js';
import { located, stillHere } from '../located.js';
import { pageOf, type ExportedRow } from './export-statements.js';

/** Whose data is exported. */
export interface ExportScope {
  readonly tenantId: string;
  /** Default: everybody's, and what is the tenant's own. */
  readonly userId?: string | undefined;
}

/** Where an export goes on. */
export interface ExportCursor {
  readonly kind: string;
  readonly after: readonly string[];
}

/** Some lines of an export. */
export interface ExportedPage {
  readonly kind: string;
  /** Texts of JSON without line breaks. */
  readonly lines: readonly string[];
  /** Where another export goes on that has all up to here; none while a thread is not complete. */
  readonly next?: ExportCursor;
}

/** Takes the lines; the next are read when it resolves. */
export type TakePage = (page: ExportedPage) => Promise<void>;

/** What an export needs besides the directory. */
export interface ExportParts extends Pick<TenantParts, 'directory'> {
  readonly features: Pick<SchemaFeatures, 'exported' | 'version'>;
}

/** A table, and those whose rows are read together with its own. */
interface Strand {
  readonly lead: ExportedTable;
  readonly followers: readonly ExportedTable[];
}

interface Batch extends Strand {
  readonly database: TenantDatabase;
  readonly scope: ExportScope;
  readonly after: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** Rows of a page, and threads that are exported together. */
const ROWS = 500;
const THREADS = 100;
/** Milliseconds to wait for whoever holds the tables of a tenant that is not up to date. */
const LOCK_TIMEOUT = 10_000;

/**
 * Reads all that a tenant, or one of its users, has, page by page, while it is used. A thread is read with its items and
 * opinions on them as they were in one moment.
 */
export class TenantExport {
  constructor(private readonly parts: ExportParts) {}

  /**
   * @param from where an export that was cut off goes on. Default: at the beginning
   * @param signal stops it before the next page
   * @throws UnknownTenantError, TenantStateError when it is erased or is moved to another database, UnavailableError when the database is not there
   */
  async run(scope: ExportScope, take: TakePage, from?: ExportCursor, signal?: AbortSignal): Promise<void> {
    const { tenantId } = scope;
    const { database, record } = await located(this.parts, tenantId);
    const { isolation, status, migratedTo } = record;
    if (status === 'erased') throw new TenantStateError('The tenant is erased');
    if (isolation === 'schema' && migratedTo !== this.parts.features.version) {
      await database.provision(tenantId, LOCK_TIMEOUT);
    }
    const strands = this.#strands(scope);
    const first = from === undefined ? 0 : strands.findIndex(({ lead }) => lead.kind === from.kind);
    if (first < 0) throw new TenantStateError('There is nothing where this export was cut off');
    for (const [index, strand] of strands.slice(first).entries()) {
      let after = index === 0 ? (from?.after ?? []) : [];
      for (;;) {
        signal?.throwIfAborted();
        const batch = { ...strand, database, scope, after, signal };
        const next = await (strand.followers.length > 0
          ? this.#threads(batch, take)
          : this.#page(batch, take));
        if (next === undefined) break;
        after = next;
      }
    }
  }

  /** @returns key of the last row, or undefined where there is none */
  async #page(
    { lead, database, scope, after }: Batch,
    take: TakePage,
  ): Promise<readonly string[] | undefined> {
    const rows = await database.maintenance.runOnSnapshot(scope.tenantId, async (transaction) => {
      const schema = await enter(transaction, database, scope.tenantId);
      return read(transaction, lead, { ...scope, schema, after, limit: ROWS });
    });
    const last = rows.at(-1)?.key;
    if (last !== undefined) await take({ ...pageFrom(lead, rows), next: { kind: lead.kind, after: last } });
    return last;
  }

  /** As #page(), with what belongs to the threads. */
  #threads(batch: Batch, take: TakePage): Promise<readonly string[] | undefined> {
    const { lead, followers, database, scope, after, signal } = batch;
    return database.maintenance.runOnSnapshot(scope.tenantId, async (transaction) => {
      const schema = await enter(transaction, database, scope.tenantId);
      const of = { ...scope, schema };
      const found = await read(transaction, lead, { ...of, after, limit: THREADS });
      const [first, last] = [found[0]?.key[0], found.at(-1)?.key[0]];
      if (first === undefined || last === undefined) return undefined;
      await take(pageFrom(lead, found));
      const threads = [first, last] as const;
      for (const table of followers) {
        for (let beyond: readonly string[] = []; ;) {
          signal?.throwIfAborted();
          const rows = await read(transaction, table, { ...of, after: beyond, threads, limit: ROWS });
          const end = rows.at(-1)?.key;
          if (end === undefined) break;
          await take(pageFrom(table, rows));
          beyond = end;
        }
      }
      await take({ kind: lead.kind, lines: [], next: { kind: lead.kind, after: [last] } });
      return [last];
    });
  }

  /** Threads first, then everything else in its order. */
  #strands({ userId }: ExportScope): Strand[] {
    const tables = this.parts.features.exported.filter(
      ({ owner }) => userId === undefined || owner !== undefined,
    );
    const ofThreads = tables.filter(({ isOfThread }) => isOfThread);
    return tables
      .filter(({ isOfThread }) => !isOfThread)
      .map((lead) => ({ lead, followers: lead.kind === 'thread' ? ofThreads : [] }));
  }
}

/** @returns the schema that the tenant's rows are in, which a move does not change for this snapshot */
async function enter(
  transaction: Transaction,
  { places }: TenantDatabase,
  tenantId: string,
): Promise<string> {
  const [, , { rows }] = await transaction.query(...inDirectoryOf(places), selectTenant(tenantId));
  const { status, isolation } = stillHere(rows);
  if (status === 'erased') throw new UnknownTenantError();
  return places.at(tenantId, isolation).schema;
}

async function read(
  transaction: Transaction,
  table: ExportedTable,
  { userId, ...query }: Omit<Parameters<typeof pageOf>[1], 'userId'> & Pick<ExportScope, 'userId'>,
): Promise<readonly ExportedRow[]> {
  const [{ rows }] = await transaction.query(pageOf(table, { ...query, userId }));
  return rows;
}

function pageFrom({ kind }: ExportedTable, rows: readonly ExportedRow[]): ExportedPage {
  return { kind, lines: rows.map(({ line }) => line) };
}
