import type { TenantScope } from '../chatkit/core/store/scope.js';
import { isStorableId } from '../chatkit/core/text.js';
import type { Attachment } from '../chatkit/core/wire/attachments.js';
import {
  CLAIM,
  claimWaiting,
  countWaiting,
  deleteStale,
  isHeld,
  keptAttachments,
  replaceWaiting,
} from './rows/attachment-statements.js';
import { bytesOf } from './rows/columns.js';
import { SMALLEST_FILE } from './rows/stored-statements.js';
import { StoredLimits } from './stored-limits.js';
import type { UnitOfWork } from './unit-of-work/unit-of-work.js';

/** What uploads and the removal of orphans need to know of a user's attachments beyond the store. */
export class TypeOrmAttachmentRecords {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stored = new StoredLimits(),
  ) {}

  /**
   * How many attachments wait to be sent, once those from before that time are forgotten.
   *
   * @param bytes of a file that is to come. Default: the least for which one counts
   * @throws LimitReachedError when there is no room for it
   */
  async countWaiting(before: Date, scope: TenantScope, bytes = SMALLEST_FILE): Promise<number> {
    const owner = [scope.tenantId, scope.userId] as const;
    const limit = await this.stored.check('files', scope, Math.max(bytes, SMALLEST_FILE));
    const [, { rows }] = await this.unitOfWork
      .pipeline(scope, deleteStale(...owner, before), countWaiting(...owner), ...limit.statements)
      .catch(limit.refused);
    return rows[0]?.count ?? 0;
  }

  /**
   * Claims an attachment that waits for its file: of those who send it at the same time, on whichever instance, one alone
   * may store it. The claim ends when the attachment is replaced.
   *
   * @param attachment with the size of its file, which counts from now on
   * @returns whether the claim was had
   * @throws LimitReachedError when there is no room for the file
   */
  async claimWaiting(attachment: Attachment, scope: TenantScope): Promise<boolean> {
    const { tenantId, userId } = scope;
    const claimed = { ...attachment, metadata: { ...attachment.metadata, [CLAIM]: true } };
    const limit = await this.stored.check('files', scope);
    const [{ rows }] = await this.unitOfWork
      .pipeline(
        scope,
        claimWaiting(tenantId, userId, attachment.id, JSON.stringify(claimed), bytesOf(attachment)),
        ...limit.statements,
      )
      .catch(limit.refused);
    return rows.length > 0;
  }

  /** Replaces an attachment that waits to be sent; false when there is no such attachment any more. */
  async replaceWaiting(attachment: Attachment, scope: TenantScope): Promise<boolean> {
    const { tenantId, userId } = scope;
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      replaceWaiting(tenantId, userId, attachment.id, JSON.stringify(attachment), bytesOf(attachment)),
    );
    return rows.length > 0;
  }

  /** Which of the attachments are still there, or on legal hold, once those that wait since before that time are forgotten. */
  async known(ids: readonly string[], before: Date, scope: TenantScope): Promise<ReadonlySet<string>> {
    const owner = [scope.tenantId, scope.userId] as const;
    const [, { rows }] = await this.unitOfWork.pipeline(
      scope,
      deleteStale(...owner, before),
      keptAttachments(...owner, ids.filter(isStorableId)),
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Whether files of the user have to stay when they are removed. */
  async isHeld(scope: TenantScope): Promise<boolean> {
    const [{ rows }] = await this.unitOfWork.read(scope, isHeld());
    return rows[0]?.held === true;
  }
}
