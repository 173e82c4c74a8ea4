import { LimitReachedError } from '../chatkit/core/errors.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import type { LimitName, Limits } from '../common/limits/limits.js';
import { ScopeLimits } from '../common/limits/scope-limits.js';
import { messageOf, sqlState } from './connection/connection-errors.js';
import { countStored, LIMIT_REACHED, requireStored, type StoredKind } from './rows/stored-statements.js';
import type { Statement } from './unit-of-work/statement.js';
import type { UnitOfWork } from './unit-of-work/unit-of-work.js';

const NAMES = {
  threads: { user: 'userThreads', tenant: 'tenantThreads' },
  files: { user: 'userFileBytes', tenant: 'tenantFileBytes' },
} as const satisfies Readonly<Record<StoredKind, Readonly<Record<'user' | 'tenant', LimitName>>>>;

const THINGS = { threads: 'conversations', files: 'bytes of files' } as const;

/** What is to be asked of the database where a limit is set, and what its refusal means. */
export interface StoredCheck {
  /** To stand behind what adds something, in the same transaction; none where no limit is set. */
  readonly statements: readonly Statement<unknown>[];
  /** Throws LimitReachedError where the check refused, else what was thrown. */
  readonly refused: (error: unknown) => never;
}

/** How much a user and a tenant may have stored. */
export class StoredLimits {
  constructor(private readonly limits = new ScopeLimits()) {}

  /**
   * How the limits of what is added are held: by one more statement of the round trip that adds it.
   *
   * @param more of it that is to come, beyond what is stored by then
   */
  async check(kind: StoredKind, { tenantId }: TenantScope, more = 0): Promise<StoredCheck> {
    const limits = await this.limits.of(tenantId);
    const { user, tenant } = NAMES[kind];
    const refused = (error: unknown): never => {
      if (sqlState(error) !== LIMIT_REACHED) throw error;
      throw this.#reached(kind, limits, messageOf(error) === 'user' ? 'user' : 'tenant');
    };
    const isLimited = limits[user] > 0 || limits[tenant] > 0;
    return {
      statements: isLimited ? [requireStored(kind, more, limits[user], limits[tenant])] : [],
      refused,
    };
  }

  #reached(kind: StoredKind, limits: Limits, who: 'user' | 'tenant'): LimitReachedError {
    const name = NAMES[kind][who];
    this.limits.reached(name);
    const whose = who === 'user' ? 'one user' : 'one organisation';
    const message = `No more than ${limits[name]} ${THINGS[kind]} of ${whose}; delete some first`;
    return new LimitReachedError(kind === 'files' ? `file: ${message}` : message, kind);
  }
}

/** What is stored of that for which a limit is set. */
export async function storedOf(
  unitOfWork: Pick<UnitOfWork, 'read'>,
  scope: TenantScope,
  limits: Limits,
): Promise<Readonly<Partial<Record<LimitName, number>>>> {
  const asked = (kind: StoredKind) => countStored(kind, limits[NAMES[kind].user], limits[NAMES[kind].tenant]);
  const [threads, files] = await unitOfWork.read(scope, asked('threads'), asked('files'));
  const counted = { threads: threads.rows[0], files: files.rows[0] };
  const used: Partial<Record<LimitName, number>> = {};
  for (const kind of ['threads', 'files'] as const) {
    const { by_user: byUser = null, by_tenant: byTenant = null } = counted[kind] ?? {};
    if (byUser !== null) used[NAMES[kind].user] = Number(byUser);
    if (byTenant !== null) used[NAMES[kind].tenant] = Number(byTenant);
  }
  return used;
}
