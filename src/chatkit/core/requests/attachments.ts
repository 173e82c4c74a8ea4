import { UnsupportedError } from '../errors.js';
import { publicAttachment } from '../serialise.js';
import type { AttachmentStore } from '../store/attachment-store.js';
import type { Answer, Needs } from './hooks.js';

export const createAttachment: Answer<
  'attachments.create',
  'store' | 'attachmentStore' | 'presenter'
> = async (hooks, { params }, context) => {
  const attachment = await filesOf(hooks).createAttachment(params, context);
  await hooks.store.saveAttachment(attachment, context);
  return publicAttachment(hooks.presenter(context)(attachment));
};

export const deleteAttachment: Answer<'attachments.delete', 'store' | 'attachmentStore'> = async (
  hooks,
  { params },
  context,
) => {
  const files = filesOf(hooks);
  // whose it is, before anything of it is touched
  await hooks.store.loadAttachment(params.attachment_id, context);
  await files.deleteAttachment(params.attachment_id, context);
  await hooks.store.deleteAttachment(params.attachment_id, context);
  return {};
};

function filesOf<TContext>(hooks: Needs<TContext, 'attachmentStore'>): AttachmentStore<TContext> {
  if (hooks.attachmentStore !== undefined) return hooks.attachmentStore;
  throw new UnsupportedError('Attachments need an attachmentStore, given to the ChatKitServer');
}
