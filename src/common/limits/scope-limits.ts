import { Injectable } from '@nestjs/common';
import { ScopeTally } from '../scope-tally.js';
import { LIMIT_NAMES, type LimitName, type Limits } from './limits.js';

/** Knows the limits of tenants, and hears when one is reached. */
export interface LimitsSource {
  /** @throws UnavailableError when they have to be looked up and the database is not there */
  of(tenantId: string): Limits | Promise<Limits>;
  reached(limit: LimitName): void;
}

const NONE = Object.fromEntries(LIMIT_NAMES.map((name) => [name, 0])) as Limits;

/** The limits of tenants, for whatever holds them. There are none until somebody knows of some. */
@Injectable()
export class ScopeLimits implements LimitsSource {
  /** The streams of all assistants of this process. */
  readonly streams = new ScopeTally();
  #source: LimitsSource | undefined;

  /** Has that one be asked from now on. */
  use(source: LimitsSource): void {
    this.#source = source;
  }

  of(tenantId: string): Limits | Promise<Limits> {
    return this.#source?.of(tenantId) ?? NONE;
  }

  reached(limit: LimitName): void {
    this.#source?.reached(limit);
  }
}
