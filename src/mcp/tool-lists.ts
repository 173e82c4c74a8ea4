import { createHash } from 'node:crypto';
import type { Tool } from '@modelcontextprotocol/client';
import { BoundedMap } from '../common/bounded-map.js';
import type { Clock } from '../common/clock.js';

const KEPT_MS = 60_000;
const MAX_LISTS = 200;
const MAX_SIZE = 200_000;

/** Whom a server has shown its tools to: the credentials as a digest, so that they are not kept. */
export function listKey(...identity: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(identity)).digest('base64');
}

/**
 * The tools that a server has shown to each caller of the last minute, so that an answer needs a session
 * only when it calls one. A server may show different tools to different people.
 */
export class ToolLists {
  readonly #lists: BoundedMap<string, readonly Tool[]>;

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    this.#lists = new BoundedMap(MAX_LISTS, clock);
  }

  get(key: string): readonly Tool[] | undefined {
    return this.#lists.get(key);
  }

  /** Keeps a list, unless it is too large. */
  set(key: string, tools: readonly Tool[]): void {
    if (JSON.stringify(tools).length > MAX_SIZE) this.#lists.delete(key);
    else this.#lists.set(key, tools, this.clock.now() + KEPT_MS);
  }

  /** Forgets one list, or all of them. */
  forget(key?: string): void {
    if (key === undefined) this.#lists.clear();
    else this.#lists.delete(key);
  }
}
