/** Whether chat can be served, and why not. */
export type ChatState = 'up' | 'down' | 'disabled' | 'connecting' | 'migrating';

/** The state of a database at this moment, or of whatever else keeps conversations. */
export interface StoreStatus {
  readonly state: ChatState;
  /** Why it is not up, e.g. `unreachable`. A fixed phrase: it is shown to anyone, so never an address or a secret. */
  readonly reason?: string;
  /** Why it cannot serve although it is up, e.g. `read_only`: requests are tried, and readiness says 503. A fixed phrase. */
  readonly impairment?: string;
  /** Since when the state has lasted. */
  readonly since: Date;
  /** Connections to the database: open, of these unused, operations waiting for one, and the most of both there may be. */
  readonly pool?: {
    readonly total: number;
    readonly idle: number;
    readonly waiting: number;
    readonly max: number;
    readonly queueMax?: number;
  };
}

/** The state of chat at this moment. */
export interface ChatStatus extends StoreStatus {
  /** Further databases with tenants of their own, which are refused while theirs is not up. Default: none. */
  readonly databases?: readonly (StoreStatus & { readonly name: string })[];
}

/** Port to whatever knows whether chat can be served. Asked before every request: it must answer from memory. */
export interface ChatAvailability {
  /** The state at this moment. */
  status(): ChatStatus;
}

/** Injection token of {@link ChatAvailability}. */
export const CHATKIT_AVAILABILITY = Symbol('CHATKIT_AVAILABILITY');

/** For servers that depend on nothing that could be absent. */
export function alwaysAvailable(since: Date = new Date()): ChatAvailability {
  return { status: () => ({ state: 'up', since }) };
}
