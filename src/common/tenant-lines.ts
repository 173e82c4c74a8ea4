import { LinkedList } from './linked-list.js';
import type { Member } from './scope-tally.js';

/** Those who wait: a line for each tenant, in which who came first is first. The tenants take turns. */
export class TenantLines<T extends object> {
  /** By tenant, in the order of their next turn. */
  readonly #lines = new Map<string, LinkedList<T>>();

  get isEmpty(): boolean {
    return this.#lines.size === 0;
  }

  /** @returns what takes it out of its line */
  add({ tenantId }: Pick<Member, 'tenantId'>, waiting: T): () => void {
    const line = this.#lines.get(tenantId) ?? new LinkedList<T>();
    this.#lines.set(tenantId, line);
    const takeOut = line.add(waiting);
    return () => {
      takeOut();
      if (line.size === 0 && this.#lines.get(tenantId) === line) this.#lines.delete(tenantId);
    };
  }

  /**
   * Whose turn it is, who stays in line. The tenant goes to the end of those who wait.
   *
   * @param pick who of a line may begin, if anybody
   */
  next(pick: (line: LinkedList<T>) => T | undefined): T | undefined {
    for (const [tenantId, line] of this.#lines) {
      const next = pick(line);
      if (next === undefined) continue;
      if (this.#lines.size > 1) {
        this.#lines.delete(tenantId);
        this.#lines.set(tenantId, line);
      }
      return next;
    }
    return undefined;
  }
}
