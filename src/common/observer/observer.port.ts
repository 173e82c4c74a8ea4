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

/** One call of a model. */
export interface ObservedModelCall {
  readonly model: string;
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
  requestEnded?(
    request: ObservedRequest,
    end: { readonly outcome: ObservedOutcome; readonly milliseconds: number },
  ): void;
  /** A call of a model has ended. */
  modelCalled?(call: ObservedModelCall): void;
  /** A call of a tool has ended. */
  toolCalled?(call: ObservedToolCall): void;
  /** The database has answered, or failed to. */
  statementsRan?(statements: ObservedStatements): void;
}
