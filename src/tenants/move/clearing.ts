import type { Clock } from '../../common/clock.js';
import {
  asOperator,
  isHome,
  quoted,
  statement,
  type SchemaFeatures,
  type TenantDatabase,
  type TenantPlace,
  type TenantRecord,
  type Transaction,
} from '../../store/index.js';
import { removeRows } from '../rows/remove-rows.js';
import { DIRECTORY_TABLES } from './directory-rows.js';
import { otherThan } from './move-within.js';
import { directoryOf, take } from './moving.js';
import { settled } from './settled.js';

/** Removes what moves have left behind. */
export interface ClearingParts {
  readonly features: Pick<SchemaFeatures, 'tables'>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
}

/** Milliseconds to wait for readers. */
const READERS_PATIENCE = 60_000;

/** Removes what a tenant has by the other isolation in the database that it is in, once nobody reads there. */
export async function clearWithin(
  { features, clock }: ClearingParts,
  database: TenantDatabase,
  record: Pick<TenantRecord, 'tenantId' | 'isolation'>,
): Promise<void> {
  const { maintenance, places } = database;
  const { tenantId } = record;
  await settled(maintenance, tenantId, clock, READERS_PATIENCE);
  await maintenance.run(tenantId, async (transaction) => {
    await take(transaction, database, record, false);
    const old = places.at(tenantId, otherThan(record.isolation));
    await clearPlace(transaction, old, tenantId, features.tables);
  });
}

/**
 * Removes all that a tenant has in a database that it has left, or was to go to, once nobody reads there. What is used there is
 * left alone.
 */
export async function clearDatabase(
  { features, clock }: ClearingParts,
  database: TenantDatabase,
  tenantId: string,
): Promise<void> {
  const { maintenance, places } = database;
  const directory = directoryOf(places);
  const gone = statement<[string], { readonly tenant_id: string }>(
    'move_left',
    `SELECT tenant_id FROM ${directory} WHERE tenant_id = $1 AND database IS NOT NULL AND leftovers FOR UPDATE`,
  );
  await settled(maintenance, tenantId, clock, READERS_PATIENCE);
  await maintenance.run(tenantId, async (transaction) => {
    const [, { rows }] = await transaction.query(asOperator(), gone(tenantId));
    if (rows.length === 0) return;
    for (const isolation of ['schema', 'row'] as const) {
      await clearPlace(transaction, places.at(tenantId, isolation), tenantId, features.tables);
    }
    await removeRows(transaction, places.shared(), tenantId, DIRECTORY_TABLES);
    // the home knows for good where the tenant is
    const forget = isHome(database)
      ? `UPDATE ${directory} SET leftovers = false, migrated_to = NULL WHERE tenant_id = $1`
      : `DELETE FROM ${directory} WHERE tenant_id = $1`;
    await transaction.query(statement<[string]>('move_forget', forget)(tenantId));
  });
}

async function clearPlace(
  transaction: Transaction,
  place: TenantPlace,
  tenantId: string,
  tables: readonly string[],
): Promise<void> {
  if (place.isolation === 'schema') {
    const text = `DROP SCHEMA IF EXISTS ${quoted(place.schema)} CASCADE`;
    await transaction.query(statement<[]>('move_drop', text)());
    return;
  }
  await removeRows(transaction, place, tenantId, tables);
}
