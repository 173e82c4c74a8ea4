import { NotFoundError, type ThreadItem, type ThreadMetadata } from '../../chatkit/core/index.js';

/** What a title needs on its way. */
export interface NamingSteps {
  /** The title, or what becomes of it. */
  readonly made: string | Promise<string>;
  /** Whether an answer is still judged once it was said, which may take long. */
  readonly isJudged: boolean;
  /** Stores the item and the title in one unit of work. @returns the thread, if it was this that named it */
  add(item: ThreadItem, title: string): Promise<ThreadMetadata | undefined>;
  /** Stores the title. @returns the thread, if it was this that named it; undefined when that fails, too */
  save(title: string): Promise<ThreadMetadata | undefined>;
  /** @throws NotFoundError when the thread is gone */
  load(): Promise<ThreadMetadata>;
  /** Has the server wait for the work before it stops. */
  track(work: Promise<unknown>): void;
}

/** A title on its way to its thread. */
export class Naming {
  #known: string | undefined;
  /** Whether the title is stored, or about to be. */
  #isTaken = false;
  #named: ThreadMetadata | undefined;
  /** Whether the answer went on after the title was stored, so that others may have changed the thread since. */
  #isOld = false;

  constructor(private readonly steps: NamingSteps) {
    const { made } = steps;
    if (typeof made === 'string') this.#known = made;
    else steps.track(made.then((title) => (this.#known = title)));
  }

  /**
   * Stores what was said together with the title, if that is known by now and nothing has stored it.
   *
   * @returns whether the item is stored
   */
  async with(item: ThreadItem): Promise<boolean> {
    this.#isOld = this.#named !== undefined;
    const { isJudged } = this.steps;
    if (isJudged || this.#isTaken || this.#known === undefined || item.type !== 'assistant_message')
      return false;
    this.#isTaken = true;
    try {
      this.#named = await this.steps.add(item, this.#known);
      return true;
    } catch (error) {
      this.#isTaken = false;
      throw error;
    }
  }

  /** Stores the title if it is known by now and not stored. @returns the thread as it is, if it was this that named it */
  async now(): Promise<ThreadMetadata | undefined> {
    if (this.#isTaken) return this.#isOld ? this.#reloaded() : this.#named;
    if (this.#known === undefined) return undefined;
    this.#isTaken = true;
    return this.steps.save(this.#known);
  }

  /** Stores the title as soon as it is known, unless that was done; nobody waits for that. */
  later(): void {
    if (this.#isTaken) return;
    this.#isTaken = true;
    this.steps.track(Promise.resolve(this.steps.made).then((title) => this.steps.save(title)));
  }

  async #reloaded(): Promise<ThreadMetadata | undefined> {
    try {
      const thread = await this.steps.load();
      return thread.title === this.#named?.title ? thread : undefined;
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }
}
