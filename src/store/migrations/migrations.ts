import { CreateTables1763900000000 } from './1763900000000-create-tables.js';

/** Every migration, oldest first. Listed by hand: what runs is what is compiled in. */
export const migrations = [CreateTables1763900000000];

/** The table, in the same schema, that remembers which of them ran. */
export const MIGRATIONS_TABLE = 'migrations';
