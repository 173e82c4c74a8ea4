import { apply } from './apply.js';
import { MAX_TOOL_ROUNDS, pendingCall, runClientTool, untilAborted } from './client-tools.js';
import type { Draft } from './composer.js';
import { ChatKitFailure, asFailure, isAbort } from './failure.js';
import { record, text } from './json.js';
import type { Options } from './options.js';
import { readThread } from './read-items.js';
import { Recovery } from './recovery.js';
import { endTurn, startTurn } from './state.js';
import type { ChatState, Ending } from './state.js';
import type { Store } from './store.js';
import type { Transport, WireRequest } from './transport.js';
import type { UnknownTypes } from './unknown.js';
import type { Item, ThreadInfo, UserMessageItem } from './wire.js';

/** What a turn needs from the session around it. */
export interface TurnHost {
  readonly state: Store<ChatState>;
  readonly transport: Transport;
  readonly options: () => Options;
  emit(name: string, detail?: unknown): void;
  report(error: Error): void;
  readonly unknown: UnknownTypes;
  /** A stream told of a thread; `shown` is false once the view has moved on. */
  threadSeen(thread: ThreadInfo, shown: boolean): void;
  /**
   * Reads the shown thread again; while a response runs its items only when `force` says so.
   *
   * @returns whether an answer of it runs on the server
   */
  refresh(signal: AbortSignal, force: boolean): Promise<boolean>;
  restoreDraft(draft: Draft): void;
  /** Resolves after the delay, or earlier when the network comes back. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface TurnRequest extends WireRequest {
  readonly optimistic?: UserMessageItem;
  readonly draft?: Draft;
  /** The user message that is answered again: what comes after it goes. */
  readonly after?: string;
}

/** A running turn: one POST, and one more for every client tool call it makes. */
export interface Turn {
  readonly request: TurnRequest;
  readonly controller: AbortController;
  /** Ids that were there before, to recognise what this turn stored. */
  readonly before: ReadonlySet<string>;
  readonly calls: Set<string>;
  /** What went when it started, to come back if the server refuses. */
  readonly dropped: readonly Item[];
  /** The thread it answers in; null until the server has made one. */
  threadId: string | null;
  accept: () => void;
  refuse: (error: Error) => void;
  events: number;
  items: number;
  shown: boolean;
  stopping: boolean;
  /** When it was asked for, or its last event came. */
  heardAt: number;
  /** Whether its connection is lost and the answer goes on, to be joined. */
  goesOn: boolean;
  ending: Ending;
  error: ChatKitFailure | undefined;
}

/** Runs turns, one at a time in the view; a turn whose view is left runs on unseen to its end. */
export class Turns {
  #active: Turn | undefined;
  readonly #running = new Set<Turn>();
  readonly #recovery: Recovery;
  #failed: TurnRequest | undefined;

  constructor(private readonly host: TurnHost) {
    this.#recovery = new Recovery(host);
  }

  get busy(): boolean {
    return this.#active !== undefined;
  }

  /** The request that failed before the server stored anything, to be sent again on demand. */
  get failedRequest(): TurnRequest | undefined {
    return this.#failed;
  }

  /**
   * Starts a turn. `accepted` settles with the first sign that the server took it, `finished` when the turn
   * is over; both reject with what went wrong.
   */
  start(request: TurnRequest): { accepted: Promise<void>; finished: Promise<void> } {
    const { state } = this.host;
    const { items } = state.value;
    const kept = items.findIndex(({ id }) => id === request.after) + 1 || items.length;
    const turn: Turn = {
      request,
      controller: new AbortController(),
      before: new Set(items.map((item) => item.id)),
      calls: new Set(),
      dropped: items.slice(kept),
      threadId: state.value.threadId,
      accept: () => undefined,
      refuse: () => undefined,
      events: 0,
      items: 0,
      shown: true,
      stopping: false,
      heardAt: Date.now(),
      goesOn: false,
      ending: 'complete',
      error: undefined,
    };
    this.#active = turn;
    this.#failed = undefined;
    this.#running.add(turn);
    state.update((value) => {
      const started = { ...startTurn(value), items: value.items.slice(0, kept) };
      return request.optimistic
        ? { ...started, view: 'thread', items: [...started.items, request.optimistic] }
        : started;
    });
    this.host.emit('chatkit.response.start');
    const accepted = new Promise<void>((resolve, reject) => {
      turn.accept = resolve;
      turn.refuse = reject;
    });
    accepted.catch(() => undefined);
    const finished = this.#outcome(turn);
    return { accepted, finished };
  }

  /** Ends the shown turn at the user's wish, keeping the text that has arrived. */
  stop(): void {
    const turn = this.#active;
    if (!turn || !this.host.state.value.canStop) return;
    turn.stopping = true;
    if (this.host.transport.answersKeptFor > 0) this.#requestStop(turn);
    turn.controller.abort();
  }

  #requestStop({ threadId }: Turn): void {
    const { signal } = new AbortController();
    this.host.transport
      .request({ type: 'threads.stop', params: { thread_id: threadId } }, signal)
      .catch((thrown: unknown) => this.host.report(asFailure(thrown)));
  }

  /** The view moves on: the turn's events no longer show, its stream is read to the end. */
  detach(): void {
    const turn = this.#active;
    this.#failed = undefined;
    if (!turn) return;
    turn.shown = false;
    turn.accept();
    this.#active = undefined;
    this.host.emit('chatkit.response.end');
  }

  /** Cuts every stream off, as when the element leaves the page. */
  abortAll(): void {
    for (const turn of this.#running) turn.controller.abort();
  }

  async #outcome(turn: Turn): Promise<void> {
    await this.#run(turn);
    if (!turn.error) {
      turn.accept();
      return;
    }
    turn.refuse(turn.error);
    throw turn.error;
  }

  async #run(turn: Turn): Promise<void> {
    try {
      await this.#rounds(turn);
      if (turn.error && turn.shown && this.#unkept(turn)) this.#giveBack(turn);
    } catch (thrown) {
      if (turn.ending !== 'failed') turn.ending = 'cut';
      if (isAbort(thrown)) {
        if (turn.shown && turn.stopping) this.host.state.update((state) => ({ ...state, stopped: true }));
      } else {
        await this.#fail(turn, asFailure(thrown));
      }
    } finally {
      this.#running.delete(turn);
      this.#finish(turn);
    }
  }

  #finish(turn: Turn): void {
    if (!turn.shown) {
      this.#showLate(turn);
      return;
    }
    this.#active = undefined;
    const unfinished = this.host.state.value.live.size > 0 && turn.ending === 'complete';
    this.host.state.update((state) => endTurn(state, turn.ending));
    this.host.emit('chatkit.response.end');
    if (unfinished || turn.goesOn) this.#reread(turn);
  }

  /** Whoever left a running turn and came back sees its answer once it is stored. */
  #showLate(turn: Turn): void {
    const { threadId, turn: running } = this.host.state.value;
    if (turn.threadId !== null && turn.threadId === threadId && running === 'idle') this.#reread(turn);
  }

  /** The server knows what it has kept. */
  #reread({ controller: { signal } }: Turn): void {
    if (signal.aborted) return;
    this.host.refresh(signal, false).catch((error: unknown) => this.host.report(asFailure(error)));
  }

  async #rounds(turn: Turn): Promise<void> {
    let wire: WireRequest = { type: turn.request.type, params: turn.request.params };
    for (let round = 0; ; round += 1) {
      const events = this.host.transport.stream(wire, turn.controller.signal, (headers) => {
        this.host.transport.learnFrom(headers);
      });
      for await (const event of events) this.#handle(turn, event);
      const wanted = turn.request.optimistic ? turn.items : turn.events;
      if (wanted === 0 && !turn.error)
        throw new ChatKitFailure('empty', 'The chat server sent an empty response');
      const call = turn.shown && !turn.error ? pendingCall(this.host.state.value, turn.calls) : undefined;
      if (!call) return;
      if (round >= MAX_TOOL_ROUNDS)
        throw new ChatKitFailure('tool_limit', 'Too many client tool calls in one turn');
      turn.calls.delete(call.id);
      const running = runClientTool(call, this.host.options().onClientTool, (error) =>
        this.host.report(error),
      );
      const result = await untilAborted(running, turn.controller.signal);
      wire = { type: 'threads.add_client_tool_output', params: { thread_id: call.thread_id, result } };
    }
  }

  #handle(turn: Turn, value: unknown): void {
    const event = record(value);
    const type = text(event.type) ?? '';
    turn.events += 1;
    turn.heardAt = Date.now();
    turn.accept();
    if (type === 'thread.created' || type === 'thread.updated') {
      const thread = readThread(event.thread);
      if (thread) {
        turn.threadId = thread.id;
        this.host.threadSeen(thread, turn.shown);
      }
    }
    if (!turn.shown) return;
    const item = record(event.item);
    if (type.startsWith('thread.item.')) turn.items += 1;
    if (type === 'thread.item.done' && item.type === 'client_tool_call') turn.calls.add(text(item.id) ?? '');
    this.host.unknown.inEvent(event);
    this.host.state.update((state) => apply(state, event));
    if (type === 'client_effect') {
      this.host.emit('chatkit.effect', { name: text(event.name) ?? '', data: record(event.data) });
    }
    if (type === 'error') this.#failWith(turn, this.host.state.value.problem);
  }

  #failWith(turn: Turn, problem: ChatState['problem']): void {
    if (!problem) return;
    turn.ending = 'failed';
    const message = problem.message ?? `The response failed (${problem.code})`;
    turn.error = new ChatKitFailure(problem.code, message, { canRetry: problem.canRetry });
    this.host.report(turn.error);
  }

  async #fail(turn: Turn, failure: ChatKitFailure): Promise<void> {
    turn.error = failure;
    if (!turn.shown) return;
    this.host.report(failure);
    const outcome = await this.#recovery.attempt(turn, failure);
    if (!turn.shown || !outcome) return;
    if (outcome.nothingStored) this.#giveBack(turn);
    turn.goesOn = outcome.goesOn;
    const { problem } = outcome;
    if (problem) this.host.state.update((state) => ({ ...state, problem }));
    else turn.error = undefined;
  }

  /** True while the server has not told of the message that it was sent. */
  #unkept({ request: { optimistic } }: Turn): boolean {
    return this.host.state.value.items.some((item) => item.id === optimistic?.id);
  }

  /** Gives back what the server did not keep, so that it can be sent again. */
  #giveBack({ request, dropped }: Turn): void {
    const { optimistic, draft } = request;
    this.#failed = withinThread(request, this.host.state.value.threadId);
    if (draft) this.host.restoreDraft(draft);
    this.host.state.update((state) => {
      const items = [...state.items.filter((item) => item.id !== optimistic?.id), ...dropped];
      return { ...state, items, view: items.length === 0 && state.threadId === null ? 'start' : state.view };
    });
  }
}

/** A message that was to begin a thread goes into that thread if the server got as far as making it. */
function withinThread(request: TurnRequest, threadId: string | null): TurnRequest {
  if (request.type !== 'threads.create' || threadId === null) return request;
  return { ...request, type: 'threads.add_user_message', params: { ...request.params, thread_id: threadId } };
}
