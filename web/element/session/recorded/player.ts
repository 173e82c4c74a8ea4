import { isLocal } from '../apply.js';
import { list, record } from '../json.js';
import { readThread, readItem } from '../read-items.js';
import type { Session } from '../session.js';
import { Stage } from '../testing.js';
import type { Item } from '../wire.js';
import { ask } from './asking.js';
import type { RecordedStep, Recording } from './scenario.js';
import { RecordedServer } from './server.js';

/** What the element asks in its own way or has no part in: other specs try these. */
const ASIDE = new Set([
  'threads.list',
  'items.list',
  'input.transcribe',
  'attachments.create',
  'attachments.delete',
]);
/** What is done to a thread in the list of conversations, whichever is shown. */
const FROM_HISTORY = new Set(['threads.update', 'threads.delete']);
const NEVER = new AbortController().signal;

/** An item as it is compared: whatever it was shown as before the server named it. */
type Shown = Omit<Item, 'shown_as'>;

/** What was shown in a thread beside what the server held in it. */
export interface Moment {
  readonly step: string;
  readonly shown: readonly Shown[];
  readonly held: readonly Shown[];
}

/** Plays a recording through the public entrances of sessions, one for each user. */
export class Player {
  /** After each step whose outcome was recorded, before the element has asked again. */
  readonly atOnce: Moment[] = [];
  /** The same after `fetchUpdates()`, and as another element sees it that loads the thread. */
  readonly reread: Moment[] = [];
  readonly reloaded: Moment[] = [];
  /** Steps that the element never asks for. */
  readonly unasked: string[] = [];
  /** Steps after which something was left half-way or shown twice. */
  readonly untidy: string[] = [];
  readonly server: RecordedServer;
  readonly #stages = new Map<string, Stage>();

  constructor(private readonly recording: Recording) {
    this.server = new RecordedServer(recording);
  }

  async play(): Promise<void> {
    const steps = this.recording.steps.filter(({ type }) => !ASIDE.has(type));
    for (let step = steps.shift(); step; step = steps.shift()) {
      const outputs: RecordedStep[] = [];
      while (steps[0]?.type === 'threads.add_client_tool_output' && isCalled(step, outputs)) {
        outputs.push(...steps.splice(0, 1));
      }
      await this.#step(step, outputs);
    }
  }

  async #step(step: RecordedStep, outputs: readonly RecordedStep[]): Promise<void> {
    const stage = this.#stageOf(step.user);
    const { session } = stage;
    this.server.expect();
    if (!(await this.#open(session, step))) return;
    this.server.expect(step, ...outputs);
    this.server.atCut = () => this.#leave(session);
    // What fails shows in the view.
    await ask(session, step).catch(() => undefined);
    await stage.until(() => session.state.value.turn === 'idle');
    this.unasked.push(...this.server.expect().map(({ type }) => type));
    const { items, live } = session.state.value;
    const whole =
      live.size === 0 && !items.some(isLocal) && new Set(items.map(({ id }) => id)).size === items.length;
    if (!whole) this.untidy.push(step.type);
    await this.#compare(stage, outputs.at(-1) ?? step);
  }

  /** Shows the thread that the step works on, or the start. False when the server does not know it. */
  async #open(session: Session, { user, type, threadId }: RecordedStep): Promise<boolean> {
    if (type === 'threads.create' || threadId === undefined) {
      await session.setThreadId(null);
      return true;
    }
    const known = this.server.thread(user, threadId) !== undefined;
    if (FROM_HISTORY.has(type)) return known;
    await session.setThreadId(threadId);
    if (!known) this.atOnce.push({ step: type, shown: session.state.value.items, held: [] });
    return known;
  }

  /** What a user does whose answer never ends: stops it, or where that is not offered goes away and comes back. */
  #leave(session: Session): void {
    if (session.state.value.canStop) {
      session.stopResponse();
      return;
    }
    session.stop();
    session.start();
  }

  async #compare(stage: Stage, step: RecordedStep): Promise<void> {
    const { session } = stage;
    const { threadId } = session.state.value;
    const held = this.server.held(threadId ?? undefined);
    if (threadId === null || !held) return;
    const expected = held.map(readItem).filter((item) => item !== undefined);
    const moment = (shown: readonly Item[]): Moment => ({
      step: step.type,
      shown: visible(shown),
      held: visible(expected),
    });
    this.atOnce.push(moment(session.state.value.items));
    await session.fetchUpdates();
    this.reread.push(moment(session.state.value.items));
    const fresh = this.#newStage(step.user).session;
    await fresh.setThreadId(threadId);
    const loaded = fresh.state.value;
    while (fresh.state.value.older.hasMore) await fresh.loadOlder();
    this.reloaded.push(moment(fresh.state.value.items));
    expect(loaded.thread).toEqual(readThread(this.server.thread(step.user, threadId)));
    expect(session.state.value.thread).toEqual(loaded.thread);
  }

  #stageOf(user: string): Stage {
    const stage = this.#stages.get(user) ?? this.#newStage(user);
    this.#stages.set(user, stage);
    return stage;
  }

  #newStage(user: string): Stage {
    const stage = new Stage((request, { signal }) => this.server.answer(user, request, signal ?? NEVER), {
      onClientTool: () => this.#toolResult(stage.session),
      threadItemActions: { feedback: true, retry: true },
    });
    stage.session.start();
    return stage;
  }

  /** What the recorded page answered; where it never did, the user does not wait for it. */
  #toolResult(session: Session): unknown {
    const { due } = this.server;
    if (due) return due.params.result;
    session.stopResponse();
    return new Promise(() => undefined);
  }
}

/** True when the stream so far ends on a call that the page has to answer. */
function isCalled(step: RecordedStep, outputs: readonly RecordedStep[]): boolean {
  const last = list((outputs.at(-1) ?? step).events)
    .map(record)
    .findLast(({ type }) => type === 'thread.item.done');
  return record(last?.item).type === 'client_tool_call';
}

/** Client tool calls show nothing. */
function visible(items: readonly Item[]): readonly Shown[] {
  return items
    .filter(({ type }) => type !== 'client_tool_call')
    .map((item) => {
      const { shown_as: _, ...shown } = item;
      return shown;
    });
}
