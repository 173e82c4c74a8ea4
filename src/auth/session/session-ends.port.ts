/** Injection token of {@link SessionEnds}; without one every process knows the sessions alone that it has ended itself. */
export const CHATKIT_SESSION_ENDS = Symbol('chatkit:session-ends');

/** Whose session it is; both identifiers are those of its token. */
export interface SessionOwner {
  readonly tenantId: string;
  readonly userId: string;
}

/** Keeps in mind, for all instances of the server, which sessions were ended before their time. */
export interface SessionEnds {
  /**
   * Resolves once every instance can learn that the session has ended.
   *
   * @param until milliseconds since the epoch at which it would have ended by itself
   */
  add(sessionId: string, until: number, owner: SessionOwner): Promise<void>;
  /** Whether the session was ended. */
  has(sessionId: string, owner: SessionOwner): Promise<boolean>;
}
