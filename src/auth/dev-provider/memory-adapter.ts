import type { Adapter, AdapterPayload } from 'oidc-provider';

const MAX_ENTRIES = 1_000;

interface Entry {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Keeps what the development provider has to remember, in memory and within bounds. */
export class MemoryAdapter implements Adapter {
  private readonly entries = new Map<string, Entry>();

  /** @param grants entries of every model by grant, so that revoking a grant reaches all of them */
  constructor(private readonly grants: Map<string, Map<string, () => void>>) {}

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const expiresAt = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1000;
    this.entries.delete(id);
    this.entries.set(id, { payload, expiresAt });
    if (payload.grantId !== undefined) this.remember(payload.grantId, id);
    this.trim();
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.entries.get(id);
    if (entry !== undefined && entry.expiresAt <= Date.now()) this.entries.delete(id);
    return Promise.resolve(this.entries.get(id)?.payload);
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    for (const [id, { payload }] of this.entries) if (payload.uid === uid) return this.find(id);
    return Promise.resolve(undefined);
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  consume(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (entry !== undefined) entry.payload.consumed = Math.floor(Date.now() / 1000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.entries.delete(id);
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const forget of this.grants.get(grantId)?.values() ?? []) forget();
    this.grants.delete(grantId);
    return Promise.resolve();
  }

  private remember(grantId: string, id: string): void {
    const members = this.grants.get(grantId) ?? new Map<string, () => void>();
    members.set(id, () => this.entries.delete(id));
    this.grants.delete(grantId);
    this.grants.set(grantId, members);
  }

  private trim(): void {
    for (const map of [this.entries, this.grants]) {
      const [oldest] = map.keys();
      if (map.size > MAX_ENTRIES && oldest !== undefined) map.delete(oldest);
    }
  }
}
