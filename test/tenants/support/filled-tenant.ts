import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  TypeOrmFeedbackStore,
  TypeOrmTenantSettingsStore,
  TypeOrmUsageStore,
} from '../../../src/admin/index.js';
import { keyOf } from '../../../src/attachments/scope-keys.js';
import { TypeOrmAuditStore } from '../../../src/audit/index.js';
import type { StoreParts } from '../../../src/store/create-store.js';
import { note, thread } from '../../../src/testing/store-contract/samples.js';

const USAGE = {
  model: 'm',
  purpose: 'answer',
  outcome: 'completed',
  requests: 1,
  inputTokens: 10,
  cachedInputTokens: 0,
  outputTokens: 5,
  durationMs: 1,
};

/**
 * Something of every kind: two threads of three items, one of them deleted, an opinion, an attachment with its file, a cost, an
 * entry of the audit log and the instructions.
 *
 * @param folder where files are kept
 */
export async function fill(
  { store, unitOfWork }: StoreParts,
  scope: { readonly tenantId: string; readonly userId: string },
  folder: string,
): Promise<void> {
  const { userId } = scope;
  for (const id of [`kept-${userId}`, `deleted-${userId}`]) {
    await store.saveThread(thread(id), scope);
    for (const item of ['a', 'b', 'c']) await store.addThreadItem(id, note(item, 'text', id), scope);
  }
  await store.deleteThread(`deleted-${userId}`, scope);
  await new TypeOrmFeedbackStore(unitOfWork).saveFeedback(`kept-${userId}`, ['a'], 'positive', scope);
  const attachment = { type: 'file', id: `atc-${userId}`, name: 'a', mime_type: 'text/plain' } as const;
  await store.saveAttachment({ ...attachment, thread_id: `kept-${userId}` }, scope);
  const file = join(folder, 'files', keyOf(scope, attachment.id));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, 'content');
  await new TypeOrmUsageStore(unitOfWork).record({
    ...USAGE,
    id: randomUUID(),
    ...scope,
    threadId: `kept-${userId}`,
  });
  await new TypeOrmAuditStore(unitOfWork).add(
    { action: 'usage.report', outcome: 'done', actor: 'member', correlationId: 'c' },
    scope,
  );
  await new TypeOrmTenantSettingsStore(unitOfWork).save('Be brief.', scope);
}
