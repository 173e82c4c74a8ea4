/** The signed-in member and their organisation. */
export interface Member {
  readonly userId: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly name: string;
  readonly email: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function first(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

/** Reads what `/auth/me` answers; undefined when it names no user. */
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
  | { readonly status: 'signed-out' }
  | { readonly status: 'signed-in'; readonly member: Member };

/** Asks who is signed in. */
export async function fetchMember(send: typeof fetch = (...args) => fetch(...args)): Promise<SignIn> {
  try {
    const response = await send('/auth/me', { headers: { Accept: 'application/json' } });
    if (response.status === 401) return { status: 'signed-out' };
    const member = response.ok ? readMember(await response.json()) : undefined;
    return member ? { status: 'signed-in', member } : { status: 'failed' };
  } catch {
    return { status: 'failed' };
  }
}

export async function signOut(): Promise<void> {
  await fetch('/auth/logout', { method: 'POST', headers: { Accept: 'application/json' } });
}

/** The address that signs in and comes back to this page. */
export function signInUrl(location: Pick<Location, 'pathname' | 'search'>): string {
  return `/auth/login?return_to=${encodeURIComponent(location.pathname + location.search)}`;
}
