import { Injectable } from '@nestjs/common';
import { ScopeTally, type Member } from '../scope-tally.js';
import { LIMIT_NAMES, type LimitName, type Limits } from './limits.js';

/** Knows the limits of tenants, and hears when one is reached. */
export interface LimitsSource {
  /** @throws UnavailableError when they have to be looked up and the database is not there */
  of(tenantId: string): Limits | Promise<Limits>;
  reached(limit: LimitName): void;
}

/** A limit, and what is used of it. */
export interface LimitLine {
  readonly name: LimitName;
  /** 0 is none. */
  readonly limit: number;
  /**
   * What the organisation has used up, or the caller where the limit is each user's; of streams, those that the instance which
   * answers has open. Null where nothing is counted since there is no limit.
   */
  readonly used: number | null;
}

/** Whose limits are looked at, and what tells that nobody waits for it any more. */
type Looked = Member & { readonly signal?: AbortSignal };

const NONE = Object.fromEntries(LIMIT_NAMES.map((name) => [name, 0])) as Limits;

/** The limits of tenants, for whatever holds them. There are none until somebody knows of some. */
@Injectable()
export class ScopeLimits implements LimitsSource {
  /** The streams of all assistants of this process. */
  readonly streams = new ScopeTally();
  #source: LimitsSource | undefined;
  #inUse: ((scope: Looked) => Promise<readonly LimitLine[]>) | undefined;

  /** Has that one be asked from now on. */
  use(source: LimitsSource): void {
    this.#source = source;
  }

  /** Has that one tell what is used. */
  tell(inUse: (scope: Looked) => Promise<readonly LimitLine[]>): void {
    this.#inUse = inUse;
  }

  /** What limits hold, and what is used of each; nothing where nobody counts. */
  async inUse(scope: Looked): Promise<readonly LimitLine[]> {
    return (await this.#inUse?.(scope)) ?? [];
  }

  of(tenantId: string): Limits | Promise<Limits> {
    return this.#source?.of(tenantId) ?? NONE;
  }

  reached(limit: LimitName): void {
    this.#source?.reached(limit);
  }
}
