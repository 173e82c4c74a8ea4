import { InvalidRequestError, InvalidStateError, UnsupportedError } from './errors.js';
import { publicAttachment, publicItem, publicItems, publicThread } from './serialise.js';
import type { ChatKitServer } from './server.js';
import type { AttachmentStore } from './store.js';
import type { PlainRequest, RequestOf } from './wire/requests.js';

/** Page size when a client names none (or 0). */
export const DEFAULT_PAGE_SIZE = 20;

/** Answers the requests that do not stream: the value to send as JSON. */
export async function answerPlain<TContext>(
  server: ChatKitServer<TContext>,
  request: PlainRequest,
  context: TContext,
): Promise<unknown> {
  const { store } = server;
  switch (request.type) {
    case 'threads.get_by_id': {
      const found = await store.loadThreadWithItems(request.params.thread_id, DEFAULT_PAGE_SIZE, context);
      return publicThread(found.thread, found.items);
    }
    case 'threads.list': {
      const page = await store.loadThreads(pageQuery(request.params), context);
      return { ...page, data: page.data.map((thread) => publicThread(thread)) };
    }
    case 'items.list': {
      const { thread_id } = request.params;
      return publicItems(await store.loadThreadItems(thread_id, pageQuery(request.params), context));
    }
    case 'items.feedback': {
      const { thread_id, item_ids, kind } = request.params;
      await server.addFeedback(thread_id, item_ids, kind, context);
      return {};
    }
    case 'attachments.create': {
      const attachment = await attachmentStore(server).createAttachment(request.params, context);
      await store.saveAttachment(attachment, context);
      return publicAttachment(attachment);
    }
    case 'attachments.delete': {
      const { attachment_id } = request.params;
      const files = attachmentStore(server);
      await store.loadAttachment(attachment_id, context);
      await files.deleteAttachment(attachment_id, context);
      await store.deleteAttachment(attachment_id, context);
      return {};
    }
    case 'input.transcribe':
      return server.transcribe(audioInput(request), context);
    case 'threads.update': {
      const thread = await store.loadThread(request.params.thread_id, context);
      const renamed = { ...thread, title: request.params.title };
      await store.saveThread(renamed, context);
      return publicThread(renamed);
    }
    case 'threads.delete':
      await store.deleteThread(request.params.thread_id, context);
      return {};
    case 'threads.sync_custom_action':
      return actSync(server, request, context);
  }
}

function pageQuery(params: RequestOf<'threads.list'>['params']) {
  return { limit: params.limit || DEFAULT_PAGE_SIZE, order: params.order, after: params.after };
}

function attachmentStore<TContext>(server: ChatKitServer<TContext>): AttachmentStore<TContext> {
  if (server.attachmentStore !== undefined) return server.attachmentStore;
  throw new UnsupportedError('Attachments need an attachmentStore, given to the ChatKitServer');
}

const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

function audioInput({ params }: RequestOf<'input.transcribe'>) {
  if (!BASE64.test(params.audio_base64)) {
    throw new InvalidRequestError('params.audio_base64: not base64', 'params.audio_base64');
  }
  const [mediaType = ''] = params.mime_type.split(';', 1);
  return { data: Buffer.from(params.audio_base64, 'base64'), mimeType: params.mime_type, mediaType };
}

async function actSync<TContext>(
  server: ChatKitServer<TContext>,
  { params }: RequestOf<'threads.sync_custom_action'>,
  context: TContext,
): Promise<unknown> {
  const thread = await server.store.loadThread(params.thread_id, context);
  const sender =
    params.item_id === undefined || params.item_id === ''
      ? undefined
      : await server.store.loadItem(params.thread_id, params.item_id, context);
  if (sender !== undefined && sender.type !== 'widget') {
    throw new InvalidStateError('threads.sync_custom_action needs a widget as its sender');
  }
  const { updatedItem } = await server.syncAction(thread, params.action, sender, context);
  return { updated_item: updatedItem && publicItem(updatedItem) };
}
