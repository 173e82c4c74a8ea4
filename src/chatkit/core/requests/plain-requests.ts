import { InvalidRequestError, InvalidStateError, UnsupportedError } from '../errors.js';
import { asRefusal, PAYLOAD } from './parse.js';
import { presentItem, publicAttachment, publicItem, publicItems, publicThread } from '../serialise.js';
import type { ChatKitServer, ProcessOptions } from '../server/server.js';
import type { AttachmentStore } from '../store/store.js';
import { assertActive } from './thread-status.js';
import type { PlainRequest, RequestOf } from '../wire/requests.js';
import type { ThreadMetadata } from '../wire/threads.js';

/** Page size when a client names none (or 0). */
export const DEFAULT_PAGE_SIZE = 20;

type Answer<TContext, Type extends PlainRequest['type']> = (
  server: ChatKitServer<TContext>,
  request: RequestOf<Type>,
  context: TContext,
  options: ProcessOptions,
) => Promise<unknown>;

type Answers = { [Type in PlainRequest['type']]: Answer<unknown, Type> };

const answers: Answers = {
  'threads.get_by_id': async (server, { params }, context) => {
    const found = await server.store.loadThreadWithItems(params.thread_id, DEFAULT_PAGE_SIZE, context);
    return publicThread(found.thread, found.items, server.presenter(context));
  },
  'threads.list': async ({ store }, { params }, context) => {
    const page = await store.loadThreads(pageQuery(params), context);
    return { ...page, data: page.data.map((thread) => publicThread(thread)) };
  },
  'items.list': async (server, { params }, context) => {
    const page = await server.store.loadThreadItems(params.thread_id, pageQuery(params), context);
    return publicItems(page, server.presenter(context));
  },
  'items.feedback': async (server, { params }, context) => {
    await server.addFeedback(params.thread_id, params.item_ids, params.kind, context);
    return {};
  },
  'attachments.create': async (server, { params }, context) => {
    const attachment = await attachmentStore(server).createAttachment(params, context);
    await server.store.saveAttachment(attachment, context);
    return publicAttachment(server.presenter(context)(attachment));
  },
  'attachments.delete': async (server, { params }, context) => {
    const files = attachmentStore(server);
    // whose it is, before anything of it is touched
    await server.store.loadAttachment(params.attachment_id, context);
    await files.deleteAttachment(params.attachment_id, context);
    await server.store.deleteAttachment(params.attachment_id, context);
    return {};
  },
  'input.transcribe': (server, request, context) => server.transcribe(audioInput(request), context),
  'threads.update': async ({ store }, { params }, context) => {
    const rename = (thread: ThreadMetadata): ThreadMetadata => ({ ...thread, title: params.title });
    return publicThread(await store.updateThread(params.thread_id, rename, context));
  },
  'threads.delete': async ({ store }, { params }, context) => {
    await store.deleteThread(params.thread_id, context);
    return {};
  },
  'threads.sync_custom_action': actSync,
};

/** Answers the requests that do not stream: the value to send as JSON. */
export function answerPlain<TContext>(
  server: ChatKitServer<TContext>,
  request: PlainRequest,
  context: TContext,
  options: ProcessOptions,
): Promise<unknown> {
  const answer = answers[request.type] as Answer<TContext, PlainRequest['type']>;
  return answer(server, request, context, options);
}

function pageQuery(params: RequestOf<'threads.list'>['params']) {
  return { limit: params.limit || DEFAULT_PAGE_SIZE, order: params.order, after: params.after };
}

function attachmentStore<TContext>(server: ChatKitServer<TContext>): AttachmentStore<TContext> {
  if (server.attachmentStore !== undefined) return server.attachmentStore;
  throw new UnsupportedError('Attachments need an attachmentStore, given to the ChatKitServer');
}

const BASE64 = /^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/;

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
  { enforceStatus = false }: ProcessOptions,
): Promise<unknown> {
  const thread = await server.store.loadThread(params.thread_id, context);
  if (enforceStatus && !server.takesInactive(params.action)) assertActive(thread);
  const sender =
    params.item_id === undefined || params.item_id === ''
      ? undefined
      : await server.store.loadItem(params.thread_id, params.item_id, context);
  if (sender !== undefined && sender.type !== 'widget') {
    throw new InvalidStateError('threads.sync_custom_action needs a widget as its sender');
  }
  try {
    const { updatedItem } = await server.syncAction(thread, params.action, sender, context);
    return { updated_item: updatedItem && publicItem(presentItem(updatedItem, server.presenter(context))) };
  } catch (error) {
    throw asRefusal(error, PAYLOAD);
  }
}
