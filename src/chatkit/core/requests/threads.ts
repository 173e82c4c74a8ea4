import { JsonText } from '../json-text.js';
import { publicItems, publicPage, publicThread, threadText } from '../serialise.js';
import { TextPage, type PageQuery } from '../store/page.js';
import type { RequestOf } from '../wire/requests.js';
import type { ThreadMetadata } from '../wire/threads.js';
import type { Answer } from './hooks.js';

/** Page size when a client names none (or 0). */
export const DEFAULT_PAGE_SIZE = 20;

export const getThread: Answer<'threads.get_by_id', 'store' | 'presenter'> = async (
  hooks,
  { params },
  context,
) => {
  const found = await hooks.store.loadThreadWithItems(params.thread_id, DEFAULT_PAGE_SIZE, context);
  const shown = TextPage.shownText(found.items);
  return shown === undefined
    ? publicThread(found.thread, found.items, hooks.presenter(context))
    : new JsonText(threadText(found.thread, shown));
};

export const listThreads: Answer<'threads.list', 'store'> = async ({ store }, { params }, context) => {
  const page = await store.loadThreads(pageQuery(params), context);
  const shown = TextPage.shownText(page);
  return shown === undefined ? publicPage(page, (thread) => publicThread(thread)) : new JsonText(shown);
};

export const listItems: Answer<'items.list', 'store' | 'presenter'> = async (hooks, { params }, context) => {
  const page = await hooks.store.loadThreadItems(params.thread_id, pageQuery(params), context);
  const shown = TextPage.shownText(page);
  return shown === undefined ? publicItems(page, hooks.presenter(context)) : new JsonText(shown);
};

export const renameThread: Answer<'threads.update', 'store'> = async (
  { store },
  { params: { thread_id, title } },
  context,
) => {
  const rename = (thread: ThreadMetadata): ThreadMetadata => ({ ...thread, title });
  return publicThread(await store.updateThread(thread_id, rename, context));
};

function pageQuery({ limit, order, after }: RequestOf<'threads.list'>['params']): PageQuery {
  return { limit: limit || DEFAULT_PAGE_SIZE, order, after };
}
