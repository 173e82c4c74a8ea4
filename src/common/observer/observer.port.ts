/** Injection token of a {@link ChatKitObserver}: one provider, or several, anywhere in the application. */
export const CHATKIT_OBSERVER = Symbol('chatkit:observer');

/** A request whose sender is known and whose body was understood. */
export interface ObservedRequest {
  /** As the protocol names it, such as `threads.create`. */
  readonly type: string;
  readonly tenantId: string;
  readonly userId: string;
  readonly correlationId: string;
  /** Undefined for requests that name no thread. */
  readonly threadId?: string | undefined;
}

/** How something ended. `stopped`: its user has left or stopped it, or the server was stopping. */
export type ObservedOutcome = 'completed' | 'stopped' | 'failed';

/** Why an answer was stopped: its user has ended it or left, did not read it, or the server was stopping. */
export type ObservedStop = 'cancelled' | 'stalled' | 'cut';

/** The end of an answer. */
export interface ObservedEnd {
  readonly outcome: ObservedOutcome;
  readonly milliseconds: number;
  /** Of an answer that was stopped. */
  readonly stop?: ObservedStop | undefined;
  /** Of a stream: the events that were sent. */
  readonly events?: number | undefined;
  /** Bytes that were sent of the answer, its headers included. */
  readonly bytes?: number | undefined;
}

/** A request that was answered with an error, whatever its route. */
export interface ObservedRefusal {
  readonly status: number;
  /** Machine-readable, as the client is told it. */
  readonly code: string;
  readonly correlationId: string;
}

/** A step of a request that others happen inside of. */
export type ObservedStep =
  | { readonly kind: 'authentication' }
  | {
      readonly kind: 'tool';
      readonly tool: string;
      /** Name of the MCP server that has it; undefined for tools of the application. */
      readonly server?: string | undefined;
    };

/** Work that nobody's request asked for. */
export interface ObservedMaintenance {
  /** What was done, one of a fixed number of names, such as `migration`. */
  readonly task: string;
  readonly outcome: ObservedOutcome;
  readonly milliseconds: number;
  /** How many of what the task is about: rows removed, migrations run. */
  readonly count?: number | undefined;
}

/** What was removed since it was older than it is kept. */
export interface ObservedRemoval {
  readonly threads: number;
  readonly items: number;
  readonly files: number;
}

/** One call of a model. */
export interface ObservedModelCall {
  readonly model: string;
  /** Whose interface it speaks; undefined where that is not known. */
  readonly provider?: 'openai' | 'offline' | undefined;
  readonly purpose: 'answer' | 'title';
  readonly outcome: ObservedOutcome;
  readonly milliseconds: number;
  /** Tokens as the provider counts them; undefined where it did not come to tell. */
  readonly inputTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
}

/** One call of a tool. */
export interface ObservedToolCall {
  readonly tool: string;
  /** Name of the MCP server that has it; undefined for tools of the application. */
  readonly server?: string | undefined;
  readonly outcome: ObservedOutcome;
  readonly milliseconds: number;
}

/** Statements that went to the database in one round trip. */
export interface ObservedStatements {
  /** Their names, each of which stands for one text; never a value. */
  readonly names: readonly string[];
  readonly outcome: ObservedOutcome;
  readonly milliseconds: number;
}

/**
 * Is told what happens, for logs, metrics, usage and audits: a class of one's own under the token `CHATKIT_OBSERVER`. All
 * methods are optional, called while the work goes on and never per delta: they return at once, and what they throw is
 * logged. None learns what was said.
 */
export interface ChatKitObserver {
  /** A request begins to be answered. */
  requestBegan?(request: ObservedRequest): void;
  /** The first event of a stream leaves, this long after its request began. */
  firstEvent?(request: ObservedRequest, milliseconds: number): void;
  /** Its answer has ended, milliseconds after it began; one with an error in its stream has failed. */
  requestEnded?(request: ObservedRequest, end: ObservedEnd): void;
  /** A request was answered with an error; also of those whose sender is not known. */
  requestRefused?(refusal: ObservedRefusal): void;
  /** A limit was reached, named by one of a fixed number of names: a request was refused for it, or somebody told so. */
  limitReached?(limit: string): void;
  /** Runs a step, with whatever is to be known inside of it. Gives back what `work` does. */
  around?<T>(step: ObservedStep, work: () => Promise<T>): Promise<T>;
  /** A call of a model has ended. */
  modelCalled?(call: ObservedModelCall): void;
  /** A call of a model that failed before its answer began is repeated. */
  modelRetried?(call: { readonly model: string }): void;
  /** A call of a tool has ended. */
  toolCalled?(call: ObservedToolCall): void;
  /** The database has answered, or failed to. */
  statementsRan?(statements: ObservedStatements): void;
  /** Somebody has waited for a connection to the database, or in vain. */
  connectionAwaited?(wait: { readonly outcome: ObservedOutcome; readonly milliseconds: number }): void;
  /** Work that nobody's request asked for has ended. */
  maintained?(work: ObservedMaintenance): void;
  /** Threads that were older than they are kept were removed. */
  retained?(removed: ObservedRemoval): void;
}
