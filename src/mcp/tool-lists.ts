import { createHash } from 'node:crypto';
import type { Tool } from '@modelcontextprotocol/client';
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
  readonly #lists = new Map<string, { readonly tools: readonly Tool[]; readonly until: number }>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  get(key: string): readonly Tool[] | undefined {
    const list = this.#lists.get(key);
    if (list === undefined || this.clock.now() < list.until) return list?.tools;
    this.#lists.delete(key);
    return undefined;
  }

  /** Keeps a list, unless it is too large; the oldest gives way. */
  set(key: string, tools: readonly Tool[]): void {
    this.#lists.delete(key);
    if (JSON.stringify(tools).length > MAX_SIZE) return;
    this.#lists.set(key, { tools, until: this.clock.now() + KEPT_MS });
    const [oldest] = this.#lists.keys();
    if (this.#lists.size > MAX_LISTS && oldest !== undefined) this.#lists.delete(oldest);
  }

  /** Forgets one list, or all of them. */
  forget(key?: string): void {
    if (key === undefined) this.#lists.clear();
    else this.#lists.delete(key);
  }
}
