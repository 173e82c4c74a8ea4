/** The signed-in member and their organisation. */
export interface Member {
  readonly userId: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly name: string;
  readonly email: string | undefined;
  /** Whether they administer their organisation; the server asks for itself. */
  readonly admin: boolean;
}

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function first(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

/** Reads the description of a session; undefined when it names no user. */
export function readMember(value: unknown): Member | undefined {
  const me = object(value);
  const user = object(me.user);
  const tenant = object(me.tenant);
  const userId = first(me.userId, user.id, me.sub);
  const tenantId = first(me.tenantId, tenant.id, me.org_id);
  if (userId === undefined || tenantId === undefined) return undefined;
  return {
    userId,
    tenantId,
    tenantName: first(me.tenantName, tenant.name) ?? tenantId,
    name: first(user.name, me.name, user.email, me.email) ?? userId,
    email: first(user.email, me.email),
    admin: me.admin === true,
  };
}

/** Initials for a picture that is not there. */
export function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0]?.toUpperCase() ?? '')
    .join('');
}

export type SignIn =
  | { readonly status: 'loading' }
  | { readonly status: 'failed' }
  /** `ended` when somebody was signed in a moment ago. */
  | { readonly status: 'signed-out'; readonly ended?: boolean }
  | { readonly status: 'signed-in'; readonly member: Member };

/** Asks who is signed in. */
export async function fetchMember(send: typeof fetch = (...args) => fetch(...args)): Promise<SignIn> {
  try {
    const response = await send('/auth/session', { headers: { Accept: 'application/json' } });
    if (response.status === 401) return { status: 'signed-out' };
    const body: unknown = response.ok ? await response.json() : undefined;
    if (object(body).signed_in === false) return { status: 'signed-out' };
    const member = readMember(body);
    return member ? { status: 'signed-in', member } : { status: 'failed' };
  } catch {
    return { status: 'failed' };
  }
}

/**
 * Ends the session.
 *
 * @returns the path or address to go to next, where the identity provider ends its own session too
 */
export async function signOut(send: typeof fetch = (...args) => fetch(...args)): Promise<string> {
  const response = await send('/auth/logout', { method: 'POST', headers: { Accept: 'application/json' } });
  const body: unknown = await response.json().catch(() => undefined);
  return first(object(body).redirect_to) ?? '/';
}

/** The address that signs in and comes back to this page. */
export function signInUrl(location: Pick<Location, 'pathname' | 'search'>): string {
  return `/auth/login?return_to=${encodeURIComponent(location.pathname + location.search)}`;
}
