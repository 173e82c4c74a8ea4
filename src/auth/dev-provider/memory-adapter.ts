import type { Adapter, AdapterPayload } from 'oidc-provider';
import { BoundedMap } from '../../common/bounded-map.js';

const MAX_ENTRIES = 1_000;

/** Entries of every model by grant, so that revoking a grant reaches all of them. */
export type Grants = BoundedMap<string, Map<string, () => void>>;

export function noGrants(): Grants {
  return new BoundedMap(MAX_ENTRIES);
}

/** Keeps what the development provider has to remember, in memory and within bounds. */
export class MemoryAdapter implements Adapter {
  private readonly entries = new BoundedMap<string, AdapterPayload>(MAX_ENTRIES);

  constructor(private readonly grants: Grants) {}

  upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    this.entries.set(id, payload, expiresIn === undefined ? undefined : Date.now() + expiresIn * 1000);
    if (payload.grantId !== undefined) this.remember(payload.grantId, id);
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.entries.get(id));
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    for (const payload of this.entries.values()) if (payload.uid === uid) return Promise.resolve(payload);
    return Promise.resolve(undefined);
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  consume(id: string): Promise<void> {
    const payload = this.entries.get(id);
    if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
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
    this.grants.set(grantId, members);
  }
}
