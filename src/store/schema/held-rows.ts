import type { QueryRunner } from 'typeorm';
import { quoted, schemaOf } from './names.js';

/** The table that keeps what is removed while it is on legal hold. */
export const HELD_ROWS = 'held_rows';

/** Which columns of a table say whose a row is, and which it is. */
export interface HeldColumns {
  /** Default: none, rows belong to all members of their tenant. */
  readonly owner?: string;
  /** Default: none. */
  readonly id?: string;
}

/**
 * Has what is removed from a table kept in `held_rows` while a legal hold is on whoever's it is, or on who removes it: nobody sees
 * it there but the maintenance of the tenant. Where nothing is held, a row that is removed costs the look at one setting.
 */
export async function keepHeldRows(
  runner: QueryRunner,
  table: string,
  { owner = '', id = '' }: HeldColumns,
): Promise<void> {
  const schema = quoted(schemaOf(runner));
  const columns = [owner, id].map((name) => (name === '' ? `''` : `'${quoted(name).slice(1, -1)}'`));
  await runner.query(`
    CREATE TRIGGER "${table}_held" BEFORE DELETE ON ${schema}.${quoted(table)} FOR EACH ROW
    WHEN (current_setting('chatkit.held', true) = 'on')
    EXECUTE FUNCTION ${schema}.keep_held_row(${columns.join(', ')})`);
}

/** Ends that. */
export async function dropHeldRows(runner: QueryRunner, table: string): Promise<void> {
  const schema = quoted(schemaOf(runner));
  await runner.query(`DROP TRIGGER IF EXISTS "${table}_held" ON ${schema}.${quoted(table)}`);
}
