import { BoundedMap } from '../common/bounded-map.js';
import { systemClock, type Clock } from '../common/clock.js';
import type { RequestContext } from '../auth/index.js';
import type { TenantInstructions } from '../agents/index.js';
import type { Organisation, TypeOrmOrganisationStore } from '../store/index.js';

/** Organisations remembered at most, and for how many milliseconds. */
const REMEMBERED = 1000;
const FRESH_MS = 30_000;

/**
 * What the administrators of an organisation ask of the assistant. What was loaded serves for half a minute:
 * that is how long a change made through another instance of the server may take to be seen.
 */
export class OrganisationService implements TenantInstructions {
  readonly #remembered: BoundedMap<string, Promise<string | undefined>>;

  constructor(
    private readonly store: Pick<TypeOrmOrganisationStore, 'load' | 'save'>,
    private readonly clock: Pick<Clock, 'now'> = systemClock,
  ) {
    this.#remembered = new BoundedMap(REMEMBERED, clock);
  }

  instructions(context: RequestContext): Promise<string | undefined> {
    const { tenantId } = context;
    const known = this.#remembered.get(tenantId);
    if (known !== undefined) return known;
    const loaded = this.store.load(context).then((organisation) => organisation?.instructions);
    loaded.catch(() => {
      if (this.#remembered.get(tenantId) === loaded) this.#remembered.delete(tenantId);
    });
    this.#remember(tenantId, loaded);
    return loaded;
  }

  /** As it is stored now; undefined when nothing was ever set. */
  load(context: RequestContext): Promise<Organisation | undefined> {
    return this.store.load(context);
  }

  async save(instructions: string, context: RequestContext): Promise<Organisation> {
    const saved = await this.store.save(instructions, context);
    this.#remember(context.tenantId, Promise.resolve(saved.instructions));
    return saved;
  }

  #remember(tenantId: string, instructions: Promise<string | undefined>): void {
    this.#remembered.set(tenantId, instructions, this.clock.now() + FRESH_MS);
  }
}
