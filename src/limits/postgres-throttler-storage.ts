import type { ThrottlerStorage } from '@nestjs/throttler';
import { createHash } from 'node:crypto';
import { OperatorError } from '../chatkit/core/errors.js';
import { statement, type DirectoryUnit } from '../store/index.js';

interface Hits {
  readonly hits: number;
  readonly seconds: number;
}

type ThrottlerHits = Awaited<ReturnType<ThrottlerStorage['increment']>>;

const countHit = statement<[tenantId: string, key: string, ttl: number], Hits>(
  'request_count',
  `INSERT INTO request_counts AS c (tenant_id, key, hits, ends_at)
   VALUES ($1, $2, 1, clock_timestamp() + $3 * interval '1 millisecond')
   ON CONFLICT (tenant_id, key) DO UPDATE SET
     hits = CASE WHEN c.ends_at <= clock_timestamp() THEN 1 ELSE c.hits + 1 END,
     ends_at = CASE WHEN c.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE c.ends_at END
   RETURNING hits, ceil(extract(epoch FROM ends_at - clock_timestamp()))::int AS seconds`,
);

const sweep = statement<[tenantId: string, limit: number]>(
  'request_counts_sweep',
  `DELETE FROM request_counts WHERE tenant_id = $1 AND key IN (
     SELECT key FROM request_counts WHERE tenant_id = $1 AND ends_at <= clock_timestamp() LIMIT $2
     FOR UPDATE SKIP LOCKED)`,
);

/** Counts after which those of windows of the tenant that have ended are removed, and how many of them. */
const SWEEP_EVERY = 1000;
const SWEPT_AT_ONCE = 2000;

/** Counts requests for all instances, in windows that begin with the first request after the last one. */
export class PostgresThrottlerStorage implements ThrottlerStorage {
  #counted = 0;

  constructor(private readonly unit: DirectoryUnit) {}

  /**
   * Counts a hit in one round trip.
   *
   * @param key a JSON list that begins with the tenant's id
   * @param ttl milliseconds that a window lasts
   * @throws UnavailableError when the database is not there or too busy
   */
  async increment(
    key: string,
    ttl: number,
    limit: number,
    _blockDuration: number,
    name: string,
  ): Promise<ThrottlerHits> {
    const [tenantId] = JSON.parse(key) as [string];
    const digest = createHash('sha256')
      .update(JSON.stringify([name, key]))
      .digest('base64');
    const isSweeping = ++this.#counted % SWEEP_EVERY === 0;
    const [{ rows }] = await this.unit.pipelineFor(
      tenantId,
      countHit(tenantId, digest, ttl),
      ...(isSweeping ? [sweep(tenantId, SWEPT_AT_ONCE)] : []),
    );
    const [row] = rows;
    if (row === undefined) throw new OperatorError('a request was not counted');
    const isBlocked = row.hits > limit;
    const timeToExpire = Math.max(1, row.seconds);
    return {
      totalHits: row.hits,
      timeToExpire,
      isBlocked,
      timeToBlockExpire: isBlocked ? timeToExpire : 0,
    };
  }
}
