import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import type { Clock } from '../../common/clock.js';
import { hasCode } from '../../common/has-code.js';
import type { TenantScope } from '../../chatkit/core/index.js';
import type { AttachmentsOptions } from '../attachments.options.js';
import type { BlobStore, ListedBlob } from '../blobs/blob-store.js';
import type { AttachmentRecords } from '../records.port.js';
import { partsOf } from '../scope-keys.js';
import type { IncomingFiles } from '../upload/incoming-files.js';

/** Files looked at in one step, and steps in one sweep: what is beyond waits for the next. */
const FILES_PER_STEP = 500;
const STEPS = 20;

/** What a Sweeper is made of. */
export interface SweeperParts {
  readonly blobs: BlobStore;
  readonly records: AttachmentRecords;
  readonly incoming: IncomingFiles;
  readonly options: Pick<AttachmentsOptions, 'orphanMs'>;
  readonly clock: Pick<Clock, 'now'>;
}

interface OldFile {
  readonly key: string;
  readonly attachmentId: string;
}

/**
 * Removes files that nothing refers to: never sent, of a deleted thread, or left by a removal that failed.
 * It walks through the stored files, whose keys tell whose they are, and asks about each user's inside that
 * user's scope. So it needs no look across tenants, and no list that could be lost.
 */
export class Sweeper {
  readonly #logger = new ChatKitLogger('Attachments');
  #cursor: string | undefined;

  constructor(private readonly parts: SweeperParts) {}

  /**
   * Goes on where the last sweep ended, and begins anew at the end.
   *
   * @returns how many files were removed
   * @throws when files or records cannot be had; the next sweep begins at the same place
   */
  async sweep(): Promise<number> {
    const { clock, options, incoming, blobs } = this.parts;
    const before = clock.now() - options.orphanMs;
    await incoming.clean(before);
    let removed = 0;
    for (let step = 0; step < STEPS; step += 1) {
      const files = await blobs.list(FILES_PER_STEP, this.#cursor);
      removed += await this.#removeOrphans(files, before);
      this.#cursor = files.length < FILES_PER_STEP ? undefined : files.at(-1)?.key;
      if (this.#cursor === undefined) break;
    }
    if (removed > 0) this.#logger.log('removed files that belong to nothing', { removed });
    return removed;
  }

  async #removeOrphans(files: readonly ListedBlob[], before: number): Promise<number> {
    let removed = 0;
    for (const [scope, old] of byScope(files.filter(({ storedAt }) => storedAt < before))) {
      const ids = old.map(({ attachmentId }) => attachmentId);
      const known = await this.#known(ids, new Date(before), scope);
      for (const { key, attachmentId } of old) {
        if (known.has(attachmentId)) continue;
        await this.parts.blobs.delete(key);
        removed += 1;
      }
    }
    return removed;
  }

  async #known(ids: readonly string[], before: Date, scope: TenantScope): Promise<ReadonlySet<string>> {
    try {
      return await this.parts.records.known(ids, before, scope);
    } catch (error) {
      if (isShut(error)) return new Set(ids);
      throw error;
    }
  }
}

/** What operators have shut is not looked at: that of a suspended tenant is to stay. */
function isShut(error: unknown): boolean {
  return hasCode(error, 'tenant_suspended') || hasCode(error, 'user_erased');
}

/** The files of each user; what was not put there by this server is left alone. */
function byScope(files: readonly ListedBlob[]): Iterable<[TenantScope, OldFile[]]> {
  const scopes = new Map<string, [TenantScope, OldFile[]]>();
  for (const { key } of files) {
    const parts = partsOf(key);
    if (parts === undefined) continue;
    const { scope, attachmentId } = parts;
    const name = JSON.stringify([scope.tenantId, scope.userId]);
    const known = scopes.get(name);
    if (known === undefined) scopes.set(name, [scope, [{ key, attachmentId }]]);
    else known[1].push({ key, attachmentId });
  }
  return scopes.values();
}
