import { unavailable } from '../connection/connection-errors.js';
import { HOME } from '../directory/tenant-record.js';
import type { TenantDatabase } from './tenant-database.js';

/** The databases that tenants are in. One is their home: it knows where each tenant is. */
export class TenantDatabases {
  readonly #named: ReadonlyMap<string, TenantDatabase>;

  constructor(
    readonly home: TenantDatabase,
    /** Besides the home. */
    readonly further: readonly TenantDatabase[] = [],
  ) {
    this.#named = new Map(this.all.map((database) => [database.name, database]));
  }

  /** The home first. */
  get all(): readonly TenantDatabase[] {
    return [this.home, ...this.further];
  }

  /** Whether there is one of that name. */
  has(name: string): boolean {
    return this.#named.has(name);
  }

  /** @throws UnavailableError for a name that the configuration does not have, or not any more */
  named(name: string): TenantDatabase {
    const database = this.#named.get(name);
    if (database === undefined) throw unavailable(new Error(`No database ${name} is configured`));
    return database;
  }

  /** Begins to connect all of them, and returns at once. */
  start(): void {
    for (const { connection } of this.all) connection.start();
  }

  /** Stops all of them, the home last. */
  async close(): Promise<void> {
    for (const { maintenance } of this.all) maintenance.close();
    await Promise.all(this.further.map(({ connection }) => connection.close()));
    await this.home.connection.close();
  }
}

/** Whether it is the one with the directory of all tenants. */
export function isHome({ name }: Pick<TenantDatabase, 'name'>): boolean {
  return name === HOME;
}
