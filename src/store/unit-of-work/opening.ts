import type { TenantScope } from '../../chatkit/core/store/scope.js';
import { searchPathOf, type TenantPlace } from '../isolation/tenant-place.js';
import { quoted } from '../schema/names.js';
import { statement, type Statement } from './statement.js';
import { settingTimeouts, timeoutsOf, type TimeoutOptions, type Timeouts } from './timeouts.js';

/** What a unit of work may do: write, which is never cancelled, read the user's rows, or read those of the tenant. */
export type Kind = 'write' | 'read' | 'readTenant';

type Scope = [
  tenantId: string,
  userId: string,
  searchPath: string,
  role: string,
  place: string | null,
  ...timeouts: Timeouts,
];

/** Lets nothing be written until the transaction ends. */
const READ_ONLY = `set_config('transaction_read_only', 'on', true)`;

/** Lets the policies show the rows of all users of the tenant, until the transaction ends. */
const tenantWide = statement<[]>('tenant_wide', `SELECT set_config('chatkit.tenant_wide', 'on', true)`);

/** A tenant and a user that there is not. */
const NOBODY = '-';

/** What each unit of work begins with: it names its tenant and its user, and asks whether it may enter. */
export class Opening {
  readonly #writing;
  readonly #reading;
  readonly #timeouts: Timeouts;

  /** @param base the schema of the directory of tenants */
  constructor(base: string, timeouts: TimeoutOptions) {
    this.#timeouts = timeoutsOf(timeouts);
    // the list is worked through from left to right: the directory is asked for these, before the role is left
    const scope = (writes: boolean): string =>
      `SELECT set_config('chatkit.tenant', $1, true), set_config('chatkit.user', $2, true),
         ${quoted(base)}.enter_tenant($5, ${writes}),
         set_config('search_path', $3, true), set_config('role', $4, true),
         ${settingTimeouts(6)}`;
    this.#writing = statement<Scope>('scope', scope(true));
    this.#reading = statement<Scope>('scope_reading', `${scope(false)}, ${READ_ONLY}`);
  }

  of({ tenantId, userId }: TenantScope, place: TenantPlace, kind: Kind): readonly Statement<unknown>[] {
    const values: Scope = [
      tenantId,
      userId,
      searchPathOf(place),
      place.role,
      place.isolation,
      ...this.#timeouts,
    ];
    if (kind === 'write') return [this.#writing(...values)];
    const reading = this.#reading(...values);
    return kind === 'read' ? [reading] : [reading, tenantWide()];
  }

  /** The ways of opening, for nobody: whatever follows finds no tenant's rows. */
  forNobody(place: TenantPlace): {
    readonly writing: Statement<unknown>;
    readonly reading: Statement<unknown>;
  } {
    const values: Scope = [NOBODY, NOBODY, searchPathOf(place), place.role, null, ...this.#timeouts];
    return { writing: this.#writing(...values), reading: this.#reading(...values) };
  }
}
