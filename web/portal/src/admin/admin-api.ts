import { watchResponses } from '../../../client/index.js';
import type { ResponseWatch } from '../../../client/index.js';

/** The sums of one day, member or model. */
export interface UsageSums {
  readonly key: string;
  readonly answers: number;
  readonly stopped: number;
  readonly failed: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  /** Average milliseconds. */
  readonly first_token_ms: number | null;
  readonly duration_ms: number | null;
}

export interface OpinionDay {
  readonly day: string;
  readonly positive: number;
  readonly negative: number;
}

export type OpinionKind = 'positive' | 'negative';

export interface Opinion {
  readonly thread_id: string;
  readonly item_id: string;
  readonly user_id: string;
  readonly kind: OpinionKind;
  readonly created_at: string;
}

export interface StoredDocument {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly url: string | null;
  readonly filename: string;
  readonly format: string;
  readonly characters: number;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Organisation {
  readonly instructions: string;
  readonly updated_at: string | null;
  readonly updated_by: string | null;
}

export type AuditOutcome = 'done' | 'refused' | 'failed';

export interface AuditEntry {
  readonly id: string;
  readonly actor: 'member' | 'operator' | 'command';
  readonly actor_id: string;
  readonly action: string;
  readonly target: string | null;
  readonly outcome: AuditOutcome;
  readonly code: string | null;
  readonly created_at: string;
}

/** What users or the organisation may ask for, use up or store. */
export interface Limit {
  readonly name: string;
  /** 0 is none. */
  readonly limit: number;
  /** By the organisation, or by whoever asks; null where it is not counted for long. */
  readonly used: number | null;
}

export interface Page<Entry> {
  readonly data: readonly Entry[];
  readonly has_more: boolean;
  readonly after?: string;
}

/** Days from the first to the last, both in it, as `2026-01-31`. */
export interface Range {
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
}

type Query = Readonly<Record<string, string | number | undefined>>;

/** What the server said no to, in its words. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
}

/** The reason in an answer that is a refusal. */
export function reasonOf(body: unknown, status: number): string {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as {
    readonly error?: { readonly message?: unknown };
  };
  return typeof error?.message === 'string' ? error.message : `The server answered ${status}`;
}

export const DOCUMENTS = '/chatkit/admin/documents';

/** What the administrators of an organisation may ask and change. */
export class AdminApi {
  readonly #fetch: typeof fetch;

  constructor(readonly watch: ResponseWatch) {
    this.#fetch = watchResponses((input, init) => fetch(input, init), watch);
  }

  async usage(range: Range, groupBy: 'day' | 'user' | 'model', signal: AbortSignal) {
    const report = await this.#get<Page<UsageSums>>('usage', { ...range, groupBy }, signal);
    return report.data;
  }

  async feedbackDays(range: Range, signal: AbortSignal) {
    const found = await this.#get<{ data: readonly OpinionDay[] }>('feedback/days', { ...range }, signal);
    return found.data;
  }

  feedback(kind: OpinionKind | undefined, after: string | undefined, limit: number, signal: AbortSignal) {
    return this.#get<Page<Opinion>>('feedback', { kind, after, limit }, signal);
  }

  audit(
    action: string | undefined,
    range: Range,
    after: string | undefined,
    limit: number,
    signal: AbortSignal,
  ) {
    return this.#get<Page<AuditEntry>>('audit', { action, ...range, after, limit }, signal);
  }

  async limits(signal: AbortSignal) {
    const found = await this.#get<{ data: readonly Limit[] }>('limits', {}, signal);
    return found.data;
  }

  documents(search: string, after: string | undefined, limit: number, signal: AbortSignal) {
    return this.#get<Page<StoredDocument>>(
      'documents',
      { search: search || undefined, after, limit },
      signal,
    );
  }

  async removeDocument(id: string): Promise<void> {
    await this.#send(`${DOCUMENTS}/${encodeURIComponent(id)}`, { method: 'DELETE' });
  }

  organisation(signal: AbortSignal) {
    return this.#get<Organisation>('organisation', {}, signal);
  }

  async saveInstructions(instructions: string): Promise<Organisation> {
    const answer = await this.#send('/chatkit/admin/organisation', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ instructions }),
    });
    return (await answer.json()) as Organisation;
  }

  async #get<T>(path: string, query: Query, signal: AbortSignal): Promise<T> {
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const answer = await this.#send(`/chatkit/admin/${path}?${new URLSearchParams(given)}`, { signal });
    return (await answer.json()) as T;
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    let answer: Response;
    try {
      answer = await this.#fetch(url, init);
    } catch (error) {
      init.signal?.throwIfAborted();
      throw new AdminError('The server cannot be reached', { cause: error });
    }
    if (answer.ok) return answer;
    throw new AdminError(reasonOf(await answer.json().catch(() => undefined), answer.status));
  }
}
