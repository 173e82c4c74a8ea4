import { asOperator, statement, type Statement, type TenantDatabase } from '../store/index.js';

const namingNoSchema = statement<[schema: string]>(
  'directory_path',
  `SELECT set_config('search_path', $1, true)`,
);

/** Has a unit of work of maintenance reach the directory, by statements that name no schema. */
export function inDirectoryOf(
  places: TenantDatabase['places'],
): readonly [Statement<unknown>, Statement<unknown>] {
  return [asOperator(), namingNoSchema(places.shared().schema)];
}
