import type { AnswersElsewhere } from '../core/stream/answers-elsewhere.js';
import type { RunningAnswer } from '../core/stream/running-turn.js';
import { withinGrace } from '../core/stream/running-turns.js';
import type { Signals } from '../../common/signals/signals.port.js';
import { AnswersByThread } from './by-thread.js';
import type { Joinable } from '../core/stream/joined.js';
import { PassedAnswer } from './passed-answer.js';
import { RemoteAnswer } from './remote-answer.js';
import { digestOf, readMessage, type AnswerMessage } from './messages.js';

const TOPIC = 'answers';
/** Answers of others that are remembered; the oldest gives way. */
const MOST_OTHERS = 20_000;
/** Answers that are passed on to others at the same time. */
const MOST_PASSED = 500;

/** An answer of this process. */
interface Own {
  readonly key: string;
  readonly answer: RunningAnswer;
  readonly thread: string;
  /** Resolves with the older ones when what was said of it has come back: what comes from then on is newer. */
  readonly known: PromiseWithResolvers<Other[]>;
  isKnown: boolean;
}

/** An answer of another replica, and what resolves when it ends. */
type Other = [id: string, end: PromiseWithResolvers<void>];

/**
 * Tells other replicas which answers begin and end here, and hears theirs. All hear everything in one order, so that of
 * answers which begin at once all replicas agree on the last.
 */
export class ReplicatedAnswers implements AnswersElsewhere {
  readonly #replica = crypto.randomUUID();
  readonly #own = new AnswersByThread<Own>();
  /** Those of its own that others see, by where they are passed on. */
  readonly #passed = new Map<string, PassedAnswer>();
  readonly #others = new AnswersByThread<PromiseWithResolvers<void>>();

  constructor(private readonly signals: Signals) {
    signals.subscribe(TOPIC, (text) => this.#hear(text));
    signals.onConnected(() => this.#introduce());
  }

  get isConnected(): boolean {
    return this.signals.isConnected;
  }

  async begin(key: string, answer: RunningAnswer): Promise<void> {
    const id = crypto.randomUUID();
    const thread = digestOf(key);
    const known = Promise.withResolvers<Other[]>();
    this.#own.add(thread, id, { key, answer, thread, known, isKnown: false });
    void this.#seeOut(answer, thread, id);
    if (await this.#say({ type: 'began', thread, answer: id })) {
      await this.#end(await known.promise);
    }
  }

  has(key: string): boolean {
    return this.#others.on(digestOf(key)).length > 0;
  }

  join(key: string): Joinable | undefined {
    const answer = this.#others.on(digestOf(key)).at(-1)?.[0];
    if (answer === undefined) return undefined;
    return new RemoteAnswer(this.signals, key, {
      ask: (topic, type) => this.#say({ type, answer, topic }),
    });
  }

  async stop(key: string): Promise<boolean> {
    const thread = digestOf(key);
    const others = this.#others.on(thread);
    if (others.length === 0) return false;
    await this.#say({ type: 'stop', thread });
    await this.#end(others);
    return true;
  }

  async #seeOut({ ended }: RunningAnswer, thread: string, id: string): Promise<void> {
    await ended;
    this.#own.delete(id);
    await this.#say({ type: 'ended', thread, answer: id });
  }

  async #end(others: readonly Other[]): Promise<void> {
    const haveEnded = await withinGrace(others.map(([, { promise }]) => promise));
    // a replica that died has not said so: it is waited for once
    if (!haveEnded) for (const [answer] of others) this.#forget(answer);
  }

  #hear(text: string): void {
    const message = readMessage(text);
    if (message === undefined) return;
    if (message.replica === this.#replica) this.#hearOwn(message);
    else this.#hearOther(message);
  }

  #hearOwn({ type, answer }: AnswerMessage): void {
    const own = this.#own.get(answer);
    if (type === 'began' && own !== undefined) this.#markKnown(own);
  }

  #markKnown(own: Own): void {
    own.isKnown = true;
    own.known.resolve(this.#others.on(own.thread));
  }

  #hearOther({ type, thread, answer, topic = '' }: AnswerMessage): void {
    switch (type) {
      case 'began':
        this.#remember(thread, answer);
        for (const [, own] of this.#own.on(thread)) if (own.isKnown) own.answer.stop();
        return;
      case 'runs':
        this.#remember(thread, answer);
        return;
      case 'ended':
        this.#forget(answer);
        return;
      case 'stop':
        for (const [, own] of this.#own.on(thread)) if (own.answer.mayBeStopped) own.answer.stop();
        return;
      case 'join':
        this.#pass(answer, topic);
        return;
      case 'stay':
        this.#passed.get(topic)?.renew();
        return;
      case 'leave':
        this.#passed.get(topic)?.end();
        return;
      case 'hello':
        this.#sayOwn();
        return;
      default:
        return type satisfies never;
    }
  }

  #pass(answer: string, topic: string): void {
    const own = this.#own.get(answer);
    if (own === undefined || this.#passed.has(topic) || this.#passed.size >= MOST_PASSED) return;
    this.#passed.set(topic, new PassedAnswer(this.signals, topic, own, () => this.#passed.delete(topic)));
  }

  #remember(thread: string, answer: string): void {
    if (this.#others.get(answer) === undefined) this.#others.add(thread, answer, Promise.withResolvers());
    if (this.#others.size > MOST_OTHERS) this.#forget(this.#others.first ?? '');
  }

  #forget(answer: string): void {
    this.#others.delete(answer)?.resolve();
  }

  /** What was said while there was no connection is not known on either side. */
  #introduce(): void {
    for (const [answer] of this.#others) this.#forget(answer);
    for (const [, , own] of this.#own) this.#markKnown(own);
    void this.#say({ type: 'hello' });
    this.#sayOwn();
  }

  #sayOwn(): void {
    for (const [answer, thread] of this.#own) void this.#say({ type: 'runs', thread, answer });
  }

  #say(message: Partial<AnswerMessage> & Pick<AnswerMessage, 'type'>): Promise<boolean> {
    return this.signals.publish(TOPIC, JSON.stringify({ ...message, replica: this.#replica }));
  }
}
