import {
  asOperator,
  statement,
  type TenantDatabase,
  type TenantIsolation,
  type TenantRecord,
  type TenantStatus,
  type Transaction,
} from '../../store/index.js';
import { RowTransfer, type Sides } from '../rows/row-transfer.js';
import { TenantStateError } from '../tenant-errors.js';
import { directoryOf } from './moving.js';

/** Tables of a directory that tell of a tenant besides its row, and go with it. */
export const DIRECTORY_TABLES = ['tenant_erasures', 'tenant_holds'] as const;

interface Named {
  readonly tenant_id: string;
}

/**
 * Names the tenant in the directory of the database that it is to go to, as one that is still in another.
 *
 * @throws TenantStateError when that one has a tenant of that name
 */
export async function expectTenant(
  { maintenance, places }: TenantDatabase,
  { tenantId, database }: TenantRecord,
  isolation: TenantIsolation,
): Promise<void> {
  const directory = directoryOf(places);
  const expected = statement<[string, string, string], Named>(
    'move_expect',
    `INSERT INTO ${directory} AS t (tenant_id, isolation, database, leftovers) VALUES ($1, $2, $3, true)
     ON CONFLICT (tenant_id) DO UPDATE SET isolation = $2, database = $3, leftovers = true, migrated_to = NULL
     WHERE t.database IS NOT NULL RETURNING tenant_id`,
  );
  const [, { rows }] = await maintenance.pipeline(
    tenantId,
    asOperator(),
    expected(tenantId, isolation, database),
  );
  if (rows.length === 0) throw new TenantStateError('The other database has a tenant of that name already');
}

/** Brings over what the directory has of the tenant, but for where it is; it is not open there yet. */
export async function bringDirectory(
  sides: Sides,
  [from, to]: readonly [TenantDatabase, TenantDatabase],
  { tenantId, status }: TenantRecord,
  version: string | null,
): Promise<void> {
  const places = [from.places.shared(), to.places.shared()] as const;
  const tables = await RowTransfer.all(sides, DIRECTORY_TABLES, tenantId, places);
  for (const table of await RowTransfer.filledAtTarget(sides.target, tables)) await table.removeOthers(sides);
  for (const table of await RowTransfer.filledAtSource(sides.source, tables)) await table.bring(sides);
  for (const [{ name }, count] of await RowTransfer.compare(sides, tables)) {
    if (count === undefined) throw new TenantStateError(`The copy of ${name} differs from what was there`);
  }
  const read = statement<[string], { readonly row: string }>(
    'move_row',
    `SELECT row_to_json(t)::text AS row FROM ${directoryOf(from.places)} AS t WHERE tenant_id = $1`,
  );
  const [{ rows }] = await sides.source.query(read(tenantId));
  const write = statement<[string, string, string, string | null]>(
    'move_write',
    `UPDATE ${directoryOf(to.places)} AS t
     SET status = $3, migrated_to = $4, settings = r.settings, held = r.held, erasing_until = r.erasing_until,
       retained_at = r.retained_at, created_at = r.created_at, updated_at = clock_timestamp()
     FROM json_populate_record(NULL::${directoryOf(to.places)}, $2::json) AS r
     WHERE t.tenant_id = $1 AND t.database IS NOT NULL`,
  );
  await sides.target.query(write(tenantId, rows[0]?.row ?? '{}', opened(status), version));
}

/**
 * Has the database that a tenant was in send everybody on: from then on nobody enters there, and only the other one opens it.
 *
 * @throws TenantStateError when it was opened meanwhile
 */
export async function leave(
  transaction: Transaction,
  { places }: TenantDatabase,
  { tenantId, status }: TenantRecord,
  to: string,
): Promise<void> {
  const left = statement<[string, string, string], Named>(
    'move_leave',
    `UPDATE ${directoryOf(places)} SET database = $2, status = $3, updated_at = clock_timestamp()
     WHERE tenant_id = $1 AND database IS NULL AND status IN ('read_only', 'suspended') RETURNING tenant_id`,
  );
  const [{ rows }] = await transaction.query(left(tenantId, to, opened(status)));
  if (rows.length === 0) throw new TenantStateError('The tenant was opened meanwhile');
}

/** Opens a tenant that its old database has sent on to this one. */
export async function arrive(
  { maintenance, places }: TenantDatabase,
  tenantId: string,
  from: string,
): Promise<void> {
  const open = statement<[string, string]>(
    'move_arrive',
    `UPDATE ${directoryOf(places)} SET database = NULL, updated_at = clock_timestamp()
     WHERE tenant_id = $1 AND database = $2`,
  );
  await maintenance.pipeline(tenantId, asOperator(), open(tenantId, from));
}

/** Tells the home of tenants where one of them is that is not there. */
export async function tellHome(
  { maintenance, places }: TenantDatabase,
  tenantId: string,
  database: string,
): Promise<void> {
  const tell = statement<[string, string]>(
    'move_tell',
    `UPDATE ${directoryOf(places)} SET database = $2, updated_at = clock_timestamp()
     WHERE tenant_id = $1 AND database <> $2`,
  );
  await maintenance.pipeline(tenantId, asOperator(), tell(tenantId, database));
}

/** What a tenant is after its move that was this before. */
function opened(status: TenantStatus): TenantStatus {
  return status === 'suspended' ? status : 'active';
}
