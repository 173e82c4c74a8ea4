import type { RequestContext } from '../../auth/index.js';
import type { TenantInstructions } from '../../agents/context/tenant-instructions.js';
import type { TenantSettings, TypeOrmTenantSettingsStore } from './tenant-settings-store.js';
import { BoundedMap } from '../../common/bounded-map.js';
import { systemClock, type Clock } from '../../common/clock.js';

/** Tenants remembered at most, and for how many milliseconds. */
const REMEMBERED = 1000;
const FRESH_MS = 30_000;

/**
 * What the administrators of a tenant ask of the assistant. What was loaded serves for half a minute:
 * that is how long a change made through another instance of the server may take to be seen.
 */
export class TenantSettingsService implements TenantInstructions {
  readonly #remembered: BoundedMap<string, Promise<string | undefined>>;

  constructor(
    private readonly store: Pick<TypeOrmTenantSettingsStore, 'load' | 'save'>,
    private readonly clock: Pick<Clock, 'now'> = systemClock,
  ) {
    this.#remembered = new BoundedMap(REMEMBERED, clock);
  }

  instructions(context: RequestContext): Promise<string | undefined> {
    const { tenantId } = context;
    const known = this.#remembered.get(tenantId);
    if (known !== undefined) return known;
    const loaded = this.store.load(context).then((settings) => settings?.instructions);
    loaded.catch(() => {
      if (this.#remembered.get(tenantId) === loaded) this.#remembered.delete(tenantId);
    });
    this.#remember(tenantId, loaded);
    return loaded;
  }

  /** As it is stored now; undefined when nothing was ever set. */
  load(context: RequestContext): Promise<TenantSettings | undefined> {
    return this.store.load(context);
  }

  async save(instructions: string, context: RequestContext): Promise<TenantSettings> {
    const saved = await this.store.save(instructions, context);
    this.#remember(context.tenantId, Promise.resolve(saved.instructions));
    return saved;
  }

  #remember(tenantId: string, instructions: Promise<string | undefined>): void {
    this.#remembered.set(tenantId, instructions, this.clock.now() + FRESH_MS);
  }
}
