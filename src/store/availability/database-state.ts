/** Why the database cannot be used although one is configured. */
export type DownReason =
  /** Nobody answers, or the server is starting or stopping. */
  | 'unreachable'
  /** The server answers and refuses: wrong credentials, missing rights, a migration that fails. */
  | 'refused'
  /** The server answers and takes no writes: it is a standby, or its disk is full. */
  | 'read_only'
  /** The pool in front of the server does not do what the configuration counts on; the log says what to change. */
  | 'misconfigured'
  /** The application is stopping. */
  | 'closed';

/** Whether chat has its database. */
export type DatabaseStatus =
  | { readonly status: 'disabled'; readonly reason: 'not_configured' }
  | { readonly status: 'connecting' }
  | { readonly status: 'migrating' }
  | { readonly status: 'up' }
  | { readonly status: 'down'; readonly reason: DownReason };

/** The status and when it began, ISO 8601 in UTC. */
export type DatabaseState = DatabaseStatus & { readonly since: string };

export type StateListener = (state: DatabaseState) => void;

/** Holds the state and tells those who want to know of every change. */
export class ObservableState {
  readonly #listeners = new Set<StateListener>();
  #state: DatabaseState;

  constructor(
    initial: DatabaseStatus,
    private readonly now: () => number,
  ) {
    this.#state = this.#stamp(initial);
  }

  get current(): DatabaseState {
    return this.#state;
  }

  /** Takes up the new status; one that equals the old leaves `since` as it was and tells nobody. */
  become(status: DatabaseStatus): void {
    if (key(status) === key(this.#state)) return;
    this.#state = this.#stamp(status);
    for (const listener of this.#listeners) listener(this.#state);
  }

  /** @returns stops listening */
  subscribe(listener: StateListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #stamp(status: DatabaseStatus): DatabaseState {
    return { ...status, since: new Date(this.now()).toISOString() };
  }
}

function key(status: DatabaseStatus): string {
  return 'reason' in status ? `${status.status}:${status.reason}` : status.status;
}
