import type { QueryRunner } from 'typeorm';
import { quoted, schemaOf } from './names.js';

/**
 * Does work of a migration that has to see all rows of the tables, whoever's they are. For others nothing changes: nobody
 * reaches the tables until the migration's transaction ends, and by then their owner is bound again.
 */
export async function seenByOwner(
  runner: QueryRunner,
  tables: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const schema = quoted(schemaOf(runner));
  const set = async (rule: string): Promise<void> => {
    for (const table of tables)
      await runner.query(`ALTER TABLE ${schema}.${quoted(table)} ${rule} ROW LEVEL SECURITY`);
  };
  await set('NO FORCE');
  await work();
  await set('FORCE');
}
