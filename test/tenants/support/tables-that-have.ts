import type { TestDatabase } from '../../support/database.js';

/** The tables of a database that have something of the tenant. */
export async function tablesThatHave(tenantId: string, database: TestDatabase): Promise<unknown[]> {
  const found = await database.query(
    `WITH tables AS MATERIALIZED (
       SELECT table_schema, table_name FROM information_schema.columns
       WHERE table_schema LIKE 'chatkit%' AND column_name = 'tenant_id')
     SELECT format('%I.%I', table_schema, table_name) AS name FROM tables WHERE xpath_exists('/table/row', query_to_xml(
       format('SELECT 1 FROM %I.%I WHERE tenant_id = ''${tenantId}'' LIMIT 1', table_schema, table_name), false, false, ''))
     ORDER BY 1`,
  );
  return found.map(({ name }) => name);
}
