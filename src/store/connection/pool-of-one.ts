import type { Client } from 'pg';

type Take = (error: undefined, client: Client, release: () => void) => void;

/** What TypeORM takes for the class of its pool: there is one connection in it, which stays open when the pool ends. */
export function poolOf(client: Client) {
  return class PoolOfOne {
    connect(take: Take): void {
      take(undefined, client, () => undefined);
    }

    end(done: () => void): void {
      done();
    }

    /** A pool tells of connections that nobody uses; this one has none. */
    on(): void {}
  };
}
