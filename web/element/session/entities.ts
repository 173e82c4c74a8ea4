import { publicEntity, readEntity } from './entity.js';
import type { EntityInfo } from './entity.js';
import { asError, attempt } from './failure.js';
import { readAll, record } from './json.js';
import type { Options } from './options.js';
import { readWidget } from './read-items.js';
import type { Store } from './store.js';
import type { WidgetNode } from './wire.js';

/** Previews kept; the oldest goes first. */
const MAX_PREVIEWS = 100;
const ROOTS = new Set(['Basic', 'Card', 'ListView']);

/** What the page does with the entities that are shown: opening one, and drawing a preview of it. */
export class Entities {
  readonly #previews = new Map<string, Promise<WidgetNode | undefined>>();

  constructor(
    private readonly options: Store<Options>,
    private readonly report: (error: Error) => void,
  ) {}

  /** What finds entities for the beginning of a word; undefined when the page offers none. */
  get finder(): ((query: string) => Promise<readonly EntityInfo[]>) | undefined {
    const { search } = this.options.value.entities;
    return search && (async (query) => readAll(await search(query), readEntity));
  }

  /** Gives a click on an interactive entity to the page. */
  open(entity: EntityInfo): void {
    void attempt(() => this.options.value.entities.click?.(publicEntity(entity)), this.report);
  }

  /** The page's preview, asked for once; undefined when it has none or failed. Never rejects. */
  preview(entity: EntityInfo): Promise<WidgetNode | undefined> {
    const known = this.#previews.get(entity.id);
    if (known) return known;
    const asked = this.#ask(entity);
    this.#previews.set(entity.id, asked);
    const oldest = this.#previews.size > MAX_PREVIEWS ? this.#previews.keys().next().value : undefined;
    if (oldest !== undefined) this.#previews.delete(oldest);
    return asked;
  }

  async #ask(entity: EntityInfo): Promise<WidgetNode | undefined> {
    try {
      const answer = await this.options.value.entities.preview?.(publicEntity(entity));
      const root = readWidget(record(answer).preview);
      return root && ROOTS.has(root.type) ? root : undefined;
    } catch (thrown) {
      this.#previews.delete(entity.id);
      this.report(asError(thrown));
      return undefined;
    }
  }
}
