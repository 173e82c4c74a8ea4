import type { RunStreamEvent, StreamEvent } from '@openai/agents';
import { isRecord } from '../../common/is-record.js';
import { isTold } from '../convert/model-events.js';
import type { EventChannel } from './event-channel.js';

type RunItem = Extract<RunStreamEvent, { type: 'run_item_stream_event' }>;

/** A tool has sent something: it waits in the channel. */
const FROM_TOOL = { type: 'tool' } as const;

/** What comes next: an event of the model, a sign that a tool has sent one, or an item of the run. */
export type Fed = StreamEvent | RunItem | typeof FROM_TOOL;

const LIMIT = 32;
/** Characters of them all that may wait. */
const TEXT = 16 * 1024;

/** How a run is fed. */
export interface RunFeedOptions {
  /** Whether the runner looks at the model's events before they are shown, to stop the run. Default false. */
  readonly isJudged?: boolean;
  /** Events of the model that may wait for the reader, if they are no long ones. Default 32. */
  readonly limit?: number;
}

/**
 * What a run and its tools bring, in the order of their causes. The model's events come past the runner, which needs no
 * more of them than the whole response: it would copy each, and hand it on through a stream and several generators. For
 * one run, whose model calls follow one another.
 */
export class RunFeed {
  /** Whether the runner gets each event of the model first. */
  readonly isJudged: boolean;
  readonly #limit: number;
  #waiting: Fed[] = [];
  /** How many of them were taken. */
  #taken = 0;
  /** Characters in the others. */
  #text = 0;
  #wake: (() => void) | undefined;
  #room: PromiseWithResolvers<void> | undefined;
  #end: { readonly error?: unknown } | undefined;
  #close: (() => void) | undefined;
  #closed = false;

  constructor({ isJudged = false, limit = LIMIT }: RunFeedOptions = {}) {
    this.isJudged = isJudged;
    this.#limit = limit;
  }

  /** Whether the reader has left: nothing that still comes is read. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** The model has given an event; what is returned, if anything, is to be waited for before the next. */
  push(event: StreamEvent): Promise<void> | undefined {
    if (this.#closed || !isTold(event)) return undefined;
    this.#add(event);
    if (this.#waiting.length - this.#taken < this.#limit && this.#text < TEXT) return undefined;
    this.#room ??= Promise.withResolvers<void>();
    return this.#room.promise;
  }

  /**
   * Begins to read: what the run says of itself, and what its tools send.
   *
   * @param isWhole whether the run brings the model's events too, since nobody has pushed them
   */
  open(run: AsyncIterable<RunStreamEvent>, channel: EventChannel, isWhole: boolean): void {
    for (let count = channel.size; count > 0; count -= 1) this.#add(FROM_TOOL);
    // what the run has ready was there before the tool spoke
    channel.open(() => void setImmediate(() => this.#add(FROM_TOOL)));
    const iterator = run[Symbol.asyncIterator]();
    this.#close = () => {
      channel.close();
      // the reader has left, or the run is over: how it ends concerns nobody
      void iterator.return?.().catch(() => undefined);
    };
    void this.#follow(iterator, isWhole);
  }

  /** The next, if it has come. */
  take(): Fed | undefined {
    if (this.#taken === this.#waiting.length) return undefined;
    const next = this.#waiting[this.#taken++];
    this.#text -= lengthOf(next);
    const left = this.#waiting.length - this.#taken;
    // a reader who is never done with all would otherwise have all of the answer kept
    if (left === 0 || this.#taken >= this.#limit) {
      this.#waiting = this.#waiting.slice(this.#taken);
      this.#taken = 0;
    }
    if (left <= this.#limit / 2 && this.#text <= TEXT / 2) this.#makeRoom();
    return next;
  }

  /**
   * Resolves when something has come: true, or false once nothing can any more.
   *
   * @throws what the run has failed with, after everything that came before
   */
  arrived(): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (this.#taken < this.#waiting.length) resolve(true);
        else if (this.#end === undefined) this.#wake = look;
        else if ('error' in this.#end) reject(this.#end.error);
        else resolve(false);
      };
      look();
    });
  }

  /** Ends reading. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#taken = this.#text = 0;
    this.#makeRoom();
    this.#close?.();
  }

  async #follow(iterator: AsyncIterator<RunStreamEvent>, isWhole: boolean): Promise<void> {
    try {
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) break;
        const event = next.value;
        if (event.type === 'run_item_stream_event') this.#add(event);
        else if (isWhole && event.type === 'raw_model_stream_event' && isTold(event.data))
          this.#add(event.data);
      }
      this.#end = {};
    } catch (error) {
      this.#end = { error };
    }
    this.#woken();
  }

  #add(fed: Fed): void {
    if (this.#closed) return;
    this.#waiting.push(fed);
    this.#text += lengthOf(fed);
    this.#woken();
  }

  #woken(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }
}

/** Characters in what may be long: a piece of a text, or a preview of an image. Some models give what is no text. */
function lengthOf(fed: Fed | undefined): number {
  if (fed?.type !== 'output_text_delta' && fed?.type !== 'model') return 0;
  const given: unknown = fed.type === 'model' ? fed.event : fed;
  const text = isRecord(given) ? (given['delta'] ?? given['partial_image_b64']) : undefined;
  return typeof text === 'string' ? text.length : 0;
}
