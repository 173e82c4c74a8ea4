import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { identifierOf, profileOf, recordOf, roleNames, textOrNone } from './checked-init.js';
import { frozenCopy } from './deep-freeze.js';
import type { UserProfile } from './user-profile.js';

/** The values a {@link RequestContext} is made from; only the two identifiers are required. */
export interface RequestContextInit {
  /** 1 to 255 visible characters, taken as they are, or a whole number, taken as its digits. */
  readonly tenantId: string | number;
  /** As the tenant's; unique within the tenant. */
  readonly userId: string | number;
  readonly roles?: readonly string[];
  /** BCP-47 tag. Default `en`. */
  readonly locale?: string;
  /** Default: a random UUID. */
  readonly correlationId?: string;
  readonly user?: UserProfile;
  readonly tenantName?: string | undefined;
  /** Default `{}`. Copied, so later changes to the original are not seen. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Default: a signal that never aborts. */
  readonly signal?: AbortSignal;
  /** The raw bearer token, for calls made on the user's behalf. */
  readonly token?: string | undefined;
  /** What tells the session apart that the request belongs to, if it came with a cookie. */
  readonly sessionId?: string | undefined;
}

/**
 * Who is asking, in which organisation, and under which circumstances.
 *
 * Built by the guard from a verified token and from nothing else; deeply frozen. The raw token is reachable
 * through {@link RequestContext.token} only: JSON, spread copies and inspection do not carry it. None comes to be
 * without a tenant and a user; of the rest, what is not of its type is left out.
 */
export class RequestContext {
  readonly tenantId: string;
  readonly userId: string;
  readonly roles: readonly string[];
  /** BCP-47 tag, `en` unless the request or the token says otherwise. */
  readonly locale: string;
  /** Ties log lines and error bodies of one request together. */
  readonly correlationId: string;
  readonly user: UserProfile;
  declare readonly tenantName?: string;
  /** What the client says about the request; untrusted. `{}` until the controller sets it. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Made when somebody asks for it, where nobody has given one: most requests have it replaced before. */
  #signal: AbortSignal | undefined;
  readonly #token: string | undefined;
  readonly #sessionId: string | undefined;

  /** @throws {AuthError} 401 without a user, 403 without a tenant or with an identifier that cannot be used */
  constructor(init: RequestContextInit) {
    this.correlationId = textOrNone(init.correlationId) ?? randomUUID();
    this.userId = identifierOf('userId', init.userId, this.correlationId);
    this.tenantId = identifierOf('tenantId', init.tenantId, this.correlationId);
    this.roles = roleNames(init.roles);
    this.locale = textOrNone(init.locale) ?? 'en';
    this.user = profileOf(init.user);
    const tenantName = textOrNone(init.tenantName);
    if (tenantName !== undefined) this.tenantName = tenantName;
    this.metadata = frozenCopy(recordOf(init.metadata));
    this.#signal = init.signal;
    this.#token = textOrNone(init.token);
    this.#sessionId = textOrNone(init.sessionId);
    Object.freeze(this);
  }

  /** Aborted when the client is gone, as far as policy wants that, or when the server stops. */
  get signal(): AbortSignal {
    return (this.#signal ??= new AbortController().signal);
  }

  /** The raw bearer token the request came with, if it came with one. Never log it. */
  get token(): string | undefined {
    return this.#token;
  }

  /** What tells the session apart that the request belongs to, if it came with a cookie: links are bound to it. */
  get sessionId(): string | undefined {
    return this.#sessionId;
  }

  /** A frozen copy that differs in metadata, signal or both; the identity cannot be changed. */
  with(change: { metadata?: Record<string, unknown>; signal?: AbortSignal }): RequestContext {
    const signal = change.signal ?? this.#signal;
    return new RequestContext({
      ...this.toJSON(),
      metadata: change.metadata ?? this.metadata,
      ...(signal !== undefined && { signal }),
      token: this.#token,
      sessionId: this.#sessionId,
    });
  }

  /** Everything but the token, the session and the signal. */
  toJSON(): Omit<RequestContextInit, 'signal' | 'token' | 'sessionId'> {
    const { tenantId, userId, roles, locale, correlationId, user, tenantName, metadata } = this;
    return { tenantId, userId, roles, locale, correlationId, user, tenantName, metadata };
  }

  /** Keeps `util.inspect` and loggers built on it to what {@link RequestContext.toJSON} shows. */
  [inspect.custom](): object {
    return { RequestContext: this.toJSON() };
  }
}
