import type { TenantScope } from '../chatkit/core/store/scope.js';
import { isStorableId } from '../chatkit/core/text.js';
import type { Attachment } from '../chatkit/core/wire/attachments.js';
import {
  CLAIM,
  claimWaiting,
  countWaiting,
  deleteStale,
  replaceWaiting,
  selectAttachments,
} from './rows/attachment-statements.js';
import type { UnitOfWork } from './unit-of-work/unit-of-work.js';

/** What uploads and the removal of orphans need to know of a user's attachments beyond the store. */
export class TypeOrmAttachmentRecords {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** How many attachments wait to be sent, once those from before that time are forgotten. */
  async countWaiting(before: Date, scope: TenantScope): Promise<number> {
    const owner = [scope.tenantId, scope.userId] as const;
    const [, { rows }] = await this.unitOfWork.pipeline(
      scope,
      deleteStale(...owner, before),
      countWaiting(...owner),
    );
    return rows[0]?.count ?? 0;
  }

  /**
   * Claims an attachment that waits for its file: of those who send it at the same time, on whichever instance, one alone
   * may store it. The claim ends when the attachment is replaced.
   *
   * @returns whether the claim was had
   */
  async claimWaiting(attachment: Attachment, scope: TenantScope): Promise<boolean> {
    const { tenantId, userId } = scope;
    const claimed = { ...attachment, metadata: { ...attachment.metadata, [CLAIM]: true } };
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      claimWaiting(tenantId, userId, attachment.id, JSON.stringify(claimed)),
    );
    return rows.length > 0;
  }

  /** Replaces an attachment that waits to be sent; false when there is no such attachment any more. */
  async replaceWaiting(attachment: Attachment, scope: TenantScope): Promise<boolean> {
    const { tenantId, userId } = scope;
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      replaceWaiting(tenantId, userId, attachment.id, JSON.stringify(attachment)),
    );
    return rows.length > 0;
  }

  /** Which of the attachments are still there, once those that wait since before that time are forgotten. */
  async known(ids: readonly string[], before: Date, scope: TenantScope): Promise<ReadonlySet<string>> {
    const owner = [scope.tenantId, scope.userId] as const;
    const [, { rows }] = await this.unitOfWork.pipeline(
      scope,
      deleteStale(...owner, before),
      selectAttachments(...owner, ids.filter(isStorableId)),
    );
    return new Set(rows.map(({ id }) => id));
  }
}
