import { randomUUID } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import type { TenantScope } from '../../chatkit/core/index.js';

/** A document that is on its way, as its organisation's administrators see it. */
export interface UploadUnderWay {
  readonly id: string;
  readonly filename: string;
  /** Of the file. */
  readonly bytes: number;
  readonly state: 'waiting' | 'reading' | 'storing';
  /** Read so far, where the document has pages. */
  readonly pages?: { readonly done: number; readonly of: number };
  /** ISO 8601, UTC. */
  readonly started_at: string;
}

/** How an upload tells how far it has come. */
export interface UploadProgress {
  reading(): void;
  page(done: number, of: number): void;
  storing(): void;
  end(): void;
}

/** The documents that this process is taking in, by organisation. */
export class UploadsUnderWay {
  readonly #uploads = new Map<string, Map<string, UploadUnderWay>>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  /** Those of the tenant, the oldest first. */
  of({ tenantId }: Pick<TenantScope, 'tenantId'>): UploadUnderWay[] {
    return [...(this.#uploads.get(tenantId)?.values() ?? [])];
  }

  begin(filename: string, bytes: number, { tenantId }: Pick<TenantScope, 'tenantId'>): UploadProgress {
    const id = randomUUID();
    const own = this.#uploads.get(tenantId) ?? new Map<string, UploadUnderWay>();
    this.#uploads.set(tenantId, own);
    let upload: UploadUnderWay = {
      id,
      filename,
      bytes,
      state: 'waiting',
      started_at: new Date(this.clock.now()).toISOString(),
    };
    const become = (change: Partial<UploadUnderWay>): void => {
      upload = { ...upload, ...change };
      own.set(id, upload);
    };
    become({});
    return {
      reading: () => become({ state: 'reading' }),
      page: (done, of) => become({ pages: { done, of } }),
      storing: () => become({ state: 'storing' }),
      end: () => {
        own.delete(id);
        if (own.size === 0) this.#uploads.delete(tenantId);
      },
    };
  }
}
