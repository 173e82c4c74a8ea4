import { statement, type TenantPlace, type Transaction } from '../../store/index.js';
import { TenantStateError } from '../tenant-errors.js';
import { digests, filled } from './several-tables.js';
import { TenantTable } from './tenant-table.js';

/** Rows that are in memory at the same time, and hashes of keys. */
const PAGE = 250;
const KEYS = 250_000;

/** A transaction in each of two databases. */
export interface Sides {
  readonly source: Transaction;
  readonly target: Transaction;
}

/** A table of one tenant in two databases, of which the second is made the same as the first, page by page. */
export class RowTransfer {
  private constructor(
    private readonly from: TenantTable,
    readonly to: TenantTable,
  ) {}

  /**
   * Those of the tables that the source has, as optional ones may not be there.
   *
   * @throws TenantStateError when the tables differ
   */
  static async all(
    { source, target }: Sides,
    tables: readonly string[],
    tenantId: string,
    [from, to]: readonly [TenantPlace, TenantPlace],
  ): Promise<readonly RowTransfer[]> {
    const [there, here] = await both(
      TenantTable.all(source, tables, tenantId, from),
      TenantTable.all(target, tables, tenantId, to),
    );
    return [...there.values()].map((table) => {
      const other = here.get(table.table);
      if (other === undefined || table.columns.join() !== other.columns.join()) {
        throw new TenantStateError(`The tables ${table.table} differ: bring both databases up to date first`);
      }
      return new RowTransfer(table, other);
    });
  }

  /**
   * Whether both databases hold the same.
   *
   * @returns how many rows of each that is, or undefined where they differ
   */
  static async compare(
    { source, target }: Sides,
    transfers: readonly RowTransfer[],
  ): Promise<Map<RowTransfer, number | undefined>> {
    const [before, after] = await both(
      digests(
        source,
        transfers.map(({ from }) => from),
      ),
      digests(
        target,
        transfers.map(({ to }) => to),
      ),
    );
    const counts = before.map(({ rows, sum }, at) =>
      rows === after[at]?.rows && sum === after[at].sum ? rows : undefined,
    );
    return new Map(transfers.map((transfer, at) => [transfer, counts[at]]));
  }

  /** Those whose source has something. */
  static filledAtSource(
    source: Transaction,
    transfers: readonly RowTransfer[],
  ): Promise<readonly RowTransfer[]> {
    return filled(source, transfers, ({ from }) => from);
  }

  /** Those whose target has something. */
  static filledAtTarget(
    target: Transaction,
    transfers: readonly RowTransfer[],
  ): Promise<readonly RowTransfer[]> {
    return filled(target, transfers, ({ to }) => to);
  }

  get name(): string {
    return this.to.table;
  }

  /** Removes from the target what the source has not, by hashes of keys in their order. */
  async removeOthers(sides: Sides): Promise<void> {
    const { from, to } = this;
    const remove = statement<
      [tenantId: string, keys: readonly string[], after: string | null, until: string | null]
    >(
      `transfer_remove_${this.name}`,
      `DELETE FROM ${to.name} AS t WHERE t.tenant_id = $1
         AND ($3::bigint IS NULL OR ${to.keyHash('t')} > $3) AND ($4::bigint IS NULL OR ${to.keyHash('t')} <= $4)
         AND NOT EXISTS (SELECT FROM unnest($2::bigint[]) AS kept (key) WHERE key = ${to.keyHash('t')})`,
    );
    const keys = `SELECT ${from.keyHash('s')}::text AS value FROM ${from.name} AS s
      WHERE s.tenant_id = current_setting('chatkit.tenant') ORDER BY ${from.keyHash('s')}`;
    let after: string | null = null;
    await this.#read(sides.source, 'keys', keys, KEYS, async (page, isLast) => {
      const until = isLast ? null : (page.at(-1) ?? null);
      await sides.target.query(remove(to.tenantId, page, after, until));
      after = until;
    });
  }

  /**
   * Brings rows over, in place of what the target has by their keys.
   *
   * @param since transaction before which both were the same: what has not changed since stays. Default: all rows
   * @returns how many were brought
   * @throws TenantStateError when the source gives rows of other tenants
   */
  async bring(
    sides: Sides,
    { since, signal }: { since?: string | undefined; signal?: AbortSignal | undefined } = {},
  ): Promise<number> {
    const { from, to } = this;
    const columns = to.columns.join(', ');
    const key = to.key.join(', ');
    const changed = to.changeable.map((column) => `${column} = excluded.${column}`).join(', ');
    // the other database has said whose rows these are, which is for this one to judge
    const add = statement<[rows: string], { readonly strangers: number }>(
      `transfer_add_${this.name}`,
      `WITH given AS MATERIALIZED (SELECT * FROM json_populate_recordset(NULL::${to.name}, $1::json)),
       added AS (
         INSERT INTO ${to.name} (${columns}) OVERRIDING SYSTEM VALUE
         SELECT ${columns} FROM given WHERE tenant_id = current_setting('chatkit.tenant')
         ON CONFLICT (${key}) DO ${changed === '' ? 'NOTHING' : `UPDATE SET ${changed}`})
       SELECT count(*)::int AS strangers FROM given
       WHERE tenant_id IS DISTINCT FROM current_setting('chatkit.tenant')`,
    );
    const which = since === undefined ? '' : `AND age(s.xmin) <= age('${since}'::xid)`;
    const rows = `SELECT row_to_json(r)::text AS value FROM (
      SELECT ${columns} FROM ${from.name} AS s WHERE s.tenant_id = current_setting('chatkit.tenant') ${which}) AS r`;
    let brought = 0;
    await this.#read(sides.source, 'rows', rows, PAGE, async (page) => {
      signal?.throwIfAborted();
      if (page.length === 0) return;
      const [{ rows: counted }] = await sides.target.query(add(`[${page.join(',')}]`));
      if (counted[0]?.strangers !== 0) {
        throw new TenantStateError(
          `The other database gives rows of another tenant as ${this.name} of this one`,
        );
      }
      brought += page.length;
    });
    return brought;
  }

  /** Tells the planner what was brought. */
  async analyze({ target }: Sides): Promise<void> {
    await target.query(statement<[]>(`transfer_analyze_${this.name}`, `ANALYZE ${this.to.name}`)());
  }

  /** Reads page by page: the next is read while the last is worked on. */
  async #read(
    source: Transaction,
    what: string,
    text: string,
    size: number,
    take: (page: readonly string[], isLast: boolean) => Promise<void>,
  ): Promise<void> {
    const declare = statement<[]>(
      `transfer_${what}_${this.name}`,
      `DECLARE transferred NO SCROLL CURSOR FOR ${text}`,
    );
    const fetch = statement<[], { readonly value: string }>(
      `transfer_next_${what}`,
      `FETCH ${size} FROM transferred`,
    );
    const next = async (): Promise<readonly string[]> => {
      const [{ rows }] = await source.query(fetch());
      return rows.map(({ value }) => value);
    };
    const [, { rows: first }] = await source.query(declare(), fetch());
    for (let page: readonly string[] = first.map(({ value }) => value); ;) {
      const isLast = page.length < size;
      const [following] = await both(isLast ? Promise.resolve([]) : next(), take(page, isLast));
      if (isLast) break;
      page = following;
    }
    await source.query(statement<[]>('transfer_close', 'CLOSE transferred')());
  }
}

/** Waits for both, also where one fails: neither connection is left in the middle of something. */
async function both<First, Second>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<readonly [First, Second]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}
