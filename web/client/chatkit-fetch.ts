import { getPageContext } from './page-context.js';
import type { PageContext } from './page-context.js';

/** The signed-in user, as told to the assistant. The server trusts its own token, not this. */
export interface ChatUser {
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

export interface ChatKitFetchOptions {
  /** The chat endpoint, which shares its origin with direct uploads; default: where the chat's requests go. */
  readonly url?: string | undefined;
  /** Gives the bearer token; without it the browser's cookies identify the user. */
  readonly getToken?: () => string | null | undefined | Promise<string | null | undefined>;
  /** The signed-in user; null when nobody is. Without it no user is sent along. */
  readonly getUser?: () => ChatUser | null;
  /** Describes the page. Defaults to `getPageContext`. */
  readonly getPageContext?: () => PageContext | undefined;
  /** Whether cookies go along; defaults to `same-origin` without a token and to `omit` with one. */
  readonly credentials?: RequestCredentials;
  /** Sends the request; defaults to the browser's fetch. */
  readonly fetch?: typeof fetch;
}

/** Nobody is signed in, so the request was not sent. */
export class SignedOutError extends Error {
  override readonly name = 'SignedOutError';

  constructor() {
    super('Sign in to use the chat');
  }
}

/** Requests whose `params.input` is a message of the user. */
const WITH_INPUT = new Set(['threads.create', 'threads.add_user_message']);
/** Requests that reach the agent without one; their metadata goes beside `params`. */
const WITHOUT_INPUT = new Set([
  'threads.retry_after_item',
  'threads.custom_action',
  'threads.sync_custom_action',
  'threads.add_client_tool_output',
  'threads.add_structured_input',
]);

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(body: unknown): Json | undefined {
  if (typeof body !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function withMetadata(holder: Json, metadata: Json): Json {
  return { ...holder, metadata: { ...(isObject(holder.metadata) ? holder.metadata : {}), ...metadata } };
}

/** The request with metadata where its kind carries it; undefined when it carries none. */
function addMetadata(request: Json, metadata: Json): Json | undefined {
  const type = String(request.type);
  if (WITHOUT_INPUT.has(type)) return withMetadata(request, metadata);
  if (!WITH_INPUT.has(type) || !isObject(request.params) || !isObject(request.params.input)) return undefined;
  return { ...request, params: { ...request.params, input: withMetadata(request.params.input, metadata) } };
}

/** Headers of any form as a plain object, which is what callers may spread. */
function plainHeaders(headers: HeadersInit | undefined): Record<string, string> {
  if (headers === undefined) return {};
  if (headers instanceof Headers || Array.isArray(headers)) return Object.fromEntries(headers);
  return { ...headers };
}

/** Both, each once however it is spelt; the caller's own win. */
function joined(added: Record<string, string>, own: Record<string, string>): Record<string, string> {
  const taken = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const free = Object.entries(added).filter(([name]) => !taken.has(name.toLowerCase()));
  return { ...Object.fromEntries(free), ...own };
}

/** Where an address leads; undefined for a path outside of a page. */
function originOf(input: RequestInfo | URL): string | undefined {
  try {
    return new URL(input instanceof Request ? input.url : input, globalThis.location?.href).origin;
  } catch {
    return undefined;
  }
}

/** The text of a request that was made before it got here. */
function textOf(request: Request): Promise<string> | undefined {
  return request.headers.get('content-type')?.includes('json') ? request.clone().text() : undefined;
}

/**
 * Makes the `api.fetch` of ChatKit's options: it identifies the user and tells the assistant about the page.
 * Bodies that are not JSON, such as uploads, pass as they are, and to other origins than the chat's without
 * headers of ours, too; the caller's own headers and signal stay.
 *
 * @throws SignedOutError from the returned function, before any request, when `getUser` or `getToken` gives nothing
 */
export function createChatKitFetch(options: ChatKitFetchOptions = {}): typeof fetch {
  const { getToken, getUser, url = '' } = options;
  const describe = options.getPageContext ?? getPageContext;
  const origins = new Set([originOf(url)]);
  return async (input, init = {}) => {
    const user = getUser?.();
    const token = await getToken?.();
    if ((getUser && !user) || (getToken && !token)) throw new SignedOutError();
    const send = options.fetch ?? ((...args: Parameters<typeof fetch>) => fetch(...args));
    const made = input instanceof Request ? input : undefined;
    const origin = originOf(input);
    const request = parse(init.body ?? (made && (await textOf(made))));
    if (request) origins.add(origin);
    // a signed address takes no other headers, and whose it is does not get the token
    else if (!origins.has(origin) && origin !== originOf('')) return send(input, init);
    const page = describe();
    const added: Record<string, string> = {
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...(user ? { 'X-User-ID': headerValue(user.id) } : {}),
      ...(page ? { 'X-Page-URL': headerValue(page.url) } : {}),
    };
    const metadata = {
      ...(user ? { userId: user.id, userInfo: { id: user.id, name: user.name, email: user.email } } : {}),
      ...(page ? { pageContext: page } : {}),
    };
    const extended = request && addMetadata(request, metadata);
    return send(input, {
      ...init,
      credentials: options.credentials ?? init.credentials ?? (getToken ? 'omit' : 'same-origin'),
      headers: joined(added, plainHeaders(init.headers ?? made?.headers)),
      ...(extended ? { body: JSON.stringify(extended) } : {}),
    });
  };
}

/** Header values are Latin-1 only; whatever else an address or an id holds is escaped. */
function headerValue(value: string): string {
  return value.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
}
