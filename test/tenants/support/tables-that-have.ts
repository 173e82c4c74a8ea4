import type { TestDatabase } from '../../support/database.js';

/** The tables of a database that have something of the tenant. */
export async function tablesThatHave(tenantId: string, database: TestDatabase): Promise<unknown[]> {
  const found = await database.query(
    `WITH tables AS MATERIALIZED (
       SELECT format('%I.%I', nspname, relname) AS name
       FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid JOIN pg_attribute ON attrelid = pg_class.oid
       WHERE nspname LIKE 'chatkit%' AND relkind = 'r' AND attname = 'tenant_id')
     SELECT name FROM tables WHERE xpath_exists('/table/row', query_to_xml(
       format('SELECT 1 FROM %s WHERE tenant_id = ''${tenantId}'' LIMIT 1', name), false, false, ''))
     ORDER BY 1`,
  );
  return found.map(({ name }) => name);
}
