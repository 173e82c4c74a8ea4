import type { QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from './names.js';

/** Who may do what with the rows of a table. */
export interface TableRules {
  /** The column that names the user whose a row is. Default: none, rows belong to all members of their tenant. */
  readonly owner?: string;
  /** What may be done with the rows that can be seen. Default: everything. */
  readonly rights?: string;
  /** Whether `UnitOfWork.readTenant()` sees the rows of all users of the tenant. Default false. */
  readonly tenantWide?: boolean;
}

const OF_TENANT = `"tenant_id" = current_setting('chatkit.tenant', true)`;
/** Only a unit of work that reads for an administrator sets it. */
const READS_TENANT = `${OF_TENANT} AND current_setting('chatkit.tenant_wide', true) = 'on'`;

/**
 * Shows the maintenance of a tenant all its rows. Only a MaintenanceUnit sets it, and only the owner of the tables has the
 * policy. It is written so that it finds nothing quickly where it is not set: the owner may be who serves.
 */
const MAINTAINED = `"tenant_id" = CASE WHEN current_setting('chatkit.maintenance', true) = 'on'
  THEN current_setting('chatkit.tenant', true) END`;

/**
 * The statements that bind a table by row-level security, its owner included, and open it to nobody but the
 * grantee.
 *
 * @param schema name of the schema
 * @param grantee who the table is for, as SQL text
 */
export function tableRules(
  schema: string,
  table: string,
  grantee: string,
  { owner, rights = 'SELECT, INSERT, UPDATE, DELETE', tenantWide = false }: TableRules = {},
): string {
  const policy = owner === undefined ? `${table}_of_tenant` : `${table}_of_owner`;
  const own =
    owner === undefined
      ? OF_TENANT
      : `${OF_TENANT} AND ${quoted(owner)} = current_setting('chatkit.user', true)`;
  const policies = {
    [policy]: `USING (${own}) WITH CHECK (${own})`,
    ...(tenantWide && { [`${table}_of_tenant`]: `FOR SELECT USING (${READS_TENANT})` }),
  };
  return boundBy(`${quoted(schema)}.${quoted(table)}`, policies, rights, grantee);
}

/**
 * The same for a table with policies of its own.
 *
 * @param name of the table with its schema, as SQL text
 * @param policies what each says behind the name of the table, by their names
 * @param rights what the grantee may do with the rows that can be seen
 * @param maintained whether it holds rows of tenants, which their maintenance reaches. Default true
 */
export function boundBy(
  name: string,
  policies: Readonly<Record<string, string>>,
  rights: string,
  grantee: string,
  maintained = true,
): string {
  return [
    `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`,
    ...Object.entries(policies).map(([policy, rule]) => `CREATE POLICY "${policy}" ON ${name} ${rule}`),
    ...(maintained
      ? [`CREATE POLICY "for_maintenance" ON ${name} TO CURRENT_USER USING (${MAINTAINED})`]
      : []),
    `REVOKE ALL ON ${name} FROM PUBLIC`,
    `GRANT ${rights} ON ${name} TO ${grantee}`,
  ].join(';\n');
}

/** Binds a table that a migration has just made, and opens it to whom the migrated schema is for. */
export async function bindTable(runner: QueryRunner, table: string, rules: TableRules): Promise<void> {
  await runner.query(tableRules(schemaOf(runner), table, await granteeOf(runner), rules));
}
