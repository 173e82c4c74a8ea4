import { quoted, statement, type OfUser, type Statement, type TenantPlace } from '../../store/index.js';
import { nameOf } from '../rows/tenant-table.js';
import type { Subject } from './subject.js';

/** Rows that one statement is about. */
const BATCH = 5000;
/** Stands for a user who is gone. */
const NOBODY = 'erased';

interface Count {
  readonly rows: number;
}

/** What is done to the rows of one table, a batch at a time. */
export interface TableErasure {
  readonly table: string;
  readonly kind: 'removed' | 'anonymised';
  /** Erases a batch; it was the last when it counts fewer rows than `limit`. */
  readonly batch: (place: TenantPlace) => Statement<Count>;
  readonly limit: number;
  /** Whether the table is there once for all tenants. */
  readonly isShared: boolean;
}

/**
 * What is to be done to a table.
 *
 * @param ofUser what the table has of users, if anything
 * @returns undefined where there is nothing to be done
 */
export function tableErasure(
  table: string,
  ofUser: OfUser | undefined,
  { tenantId, userId, id }: Subject & { readonly id: string },
): TableErasure | undefined {
  if (userId === undefined) {
    return ofUser?.outlivesTenant === true
      ? replacement(table, ofUser, [tenantId, null, standIn(ofUser, id)])
      : removalOfTenant(table, tenantId);
  }
  if (ofUser === undefined) return undefined;
  return ofUser.erased === 'removed'
    ? removalOfUser(table, ofUser, [tenantId, userId])
    : replacement(table, ofUser, [tenantId, userId, standIn(ofUser, id)]);
}

/** Removes what a tenant has in a table, or in one that is there once for all tenants. */
export function removalOfTenant(table: string, tenantId: string, isShared = false): TableErasure {
  const batch: TableErasure['batch'] = (place) =>
    statement<[string], Count>(
      `erase_all_${table}`,
      removing(nameOf(place, table), 'tenant_id = $1'),
    )(tenantId);
  return { table, kind: 'removed', limit: BATCH, isShared, batch };
}

/** How many rows a tenant has in a table. */
export function rowsIn(place: TenantPlace, table: string, tenantId: string): Statement<Count> {
  const text = `SELECT count(*)::int AS rows FROM ${nameOf(place, table)} WHERE tenant_id = $1`;
  return statement<[string], Count>(`erase_count_${table}`, text)(tenantId);
}

function removalOfUser(
  table: string,
  { column }: OfUser,
  values: [tenantId: string, userId: string],
): TableErasure {
  const batch: TableErasure['batch'] = (place) =>
    statement<typeof values, Count>(
      `erase_own_${table}`,
      removing(nameOf(place, table), `tenant_id = $1 AND ${quoted(column)} = $2`),
    )(...values);
  return { table, kind: 'removed', limit: BATCH, isShared: false, batch };
}

function replacement(
  table: string,
  { column, also = [], only = 'true' }: OfUser,
  values: [tenantId: string, userId: string | null, standIn: string],
): TableErasure {
  const user = quoted(column);
  const replaced = [column, ...also].map((name) => `${quoted(name)} = $3`).join(', ');
  const which = `tenant_id = $1 AND (${only}) AND ($2::text IS NULL OR ${user} = $2) AND ${user} <> $3`;
  const batch: TableErasure['batch'] = (place) =>
    statement<typeof values, Count>(
      `anonymise_${table}`,
      counting(
        `UPDATE ${nameOf(place, table)} SET ${replaced} WHERE ${inBatch(nameOf(place, table), which)}`,
      ),
    )(...values);
  return { table, kind: 'anonymised', limit: BATCH, isShared: false, batch };
}

function removing(name: string, which: string): string {
  return counting(`DELETE FROM ${name} WHERE ${inBatch(name, which)}`);
}

function inBatch(name: string, which: string): string {
  return `ctid = ANY (ARRAY(SELECT ctid FROM ${name} WHERE ${which} LIMIT ${BATCH}))`;
}

function counting(change: string): string {
  return `WITH changed AS (${change} RETURNING 1) SELECT count(*)::int AS rows FROM changed`;
}

function standIn({ erased }: OfUser, erasureId: string): string {
  return erased === 'pseudonymised' ? `${NOBODY}:${erasureId}` : NOBODY;
}
