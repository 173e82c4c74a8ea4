import { TenantDatabases, type TenantDatabase, type TenantParts } from '../../../src/store/index.js';

/** Which calls are counted, of what works on a database. */
const COUNTED = new Set<string | symbol>(['run', 'runOnSnapshot', 'pipeline']);

/** What an operator works with who dies in the middle. */
export interface Dying {
  readonly parts: TenantParts;
  /** Resolves when it has died. */
  readonly death: Promise<void>;
  /** How many calls were made. */
  readonly calls: () => number;
}

/**
 * As the parts, but nothing comes back any more from the call of that number, or any later one: whoever waits for it is as one
 * whose process was killed once the database had done that.
 */
export function dyingAfter({ directory, databases }: TenantParts, last: number): Dying {
  const { promise: death, resolve: die } = Promise.withResolvers<void>();
  let done = 0;
  const mortal = <T extends object>(unit: T): T =>
    new Proxy(unit, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        const call = async (...values: unknown[]): Promise<unknown> => {
          const result: unknown = await Reflect.apply(value, target, values);
          done += 1;
          if (done < last) return result;
          die();
          return new Promise(() => undefined);
        };
        return COUNTED.has(name) ? call : value.bind(target);
      },
    });
  const mortalDatabase = (database: TenantDatabase): TenantDatabase => ({
    ...database,
    directoryUnit: mortal(database.directoryUnit),
    maintenance: mortal(database.maintenance),
  });
  const { home, further } = databases;
  const parts = {
    directory,
    databases: new TenantDatabases(mortalDatabase(home), further.map(mortalDatabase)),
  };
  return { parts, death, calls: () => done };
}
