import { quoted } from '../store/schema/names.js';

/** What tables are distributed by. */
export const DISTRIBUTION_COLUMN = 'tenant_id';

/**
 * The statements that distribute the tables of a schema over the nodes of Citus, so that all rows of a tenant are on one. The
 * first table says where, and the others follow it. Each comes after those it refers to.
 *
 * @param tables that hold rows of tenants, each after those it refers to
 * @param shards of each table. Default: what `citus.shard_count` says
 */
export function distributionOf(schema: string, tables: readonly string[], shards?: number): string[] {
  const names = tables.map((table) => `'${quoted(schema)}.${quoted(table)}'`);
  const [first] = names;
  return names.map((name) => {
    const where = name === first ? shardsOf(shards) : `, colocate_with => ${first}`;
    return `SELECT create_distributed_table(${name}, '${DISTRIBUTION_COLUMN}'${where});`;
  });
}

function shardsOf(shards: number | undefined): string {
  return `, colocate_with => 'none'${shards === undefined ? '' : `, shard_count => ${shards}`}`;
}
