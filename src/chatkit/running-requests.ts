import { Inject, Injectable, type BeforeApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { CHATKIT_SETTINGS, type ChatKitSettings } from './chatkit.settings.js';
import type { TenantScope } from './core/index.js';
import { LinkedList } from '../common/linked-list.js';
import { ScopeTally } from '../common/scope-tally.js';
import { ScopeLimits } from '../common/limits/scope-limits.js';
import { EndpointError } from './http/endpoint-error.js';

/** Milliseconds that answers told to stop are given to store what was seen of them. */
const STOP_GRACE_MS = 2000;
const RETRY_AFTER_SECONDS = '2';
/** The part of all streams beyond which a tenant begins none while others have some. */
const SHARE_BESIDE_OTHERS = 0.5;

/** How a request can be ended from outside. */
export interface Stoppable {
  /** Asks it to end. */
  stop(): void;
  /** Cuts the client off. */
  kill(): void;
}

interface Running {
  readonly request: Stoppable;
  readonly done: Promise<void>;
}

/**
 * Knows every request being answered: bounds the number of streams, and sees all to their end when the
 * server stops.
 */
@Injectable()
export class RunningRequests implements OnModuleDestroy, BeforeApplicationShutdown {
  readonly #running = new LinkedList<Running>();
  readonly #streams = new ScopeTally();
  #leaving = false;
  #closing = false;

  constructor(
    @Inject(CHATKIT_SETTINGS) private readonly settings: ChatKitSettings,
    private readonly limits: ScopeLimits,
  ) {}

  /** Whether the server is about to stop, so that requests should be sent elsewhere; it may still take them. */
  get leaving(): boolean {
    return this.#leaving;
  }

  /** Whether the server is about to stop and takes no more work. */
  get closing(): boolean {
    return this.#closing;
  }

  /** How many streams are running. */
  get streams(): number {
    return this.#streams.total;
  }

  /** Runs `work`, which the server does not stop without. */
  async run(request: Stoppable, work: () => Promise<void>): Promise<void> {
    const done = work();
    const leave = this.#running.add({ request, done });
    try {
      await done;
    } finally {
      leave();
    }
  }

  /**
   * As `run`, for a stream of `owner`.
   *
   * @throws EndpointError too_many_streams
   */
  async runStream(owner: TenantScope, request: Stoppable, work: () => Promise<void>): Promise<void> {
    const { userStreams, tenantStreams } = await this.limits.of(owner.tenantId);
    this.#requirePlace(owner, userStreams, tenantStreams);
    const leave = this.#streams.take(owner);
    const leaveAll = this.limits.streams.take(owner);
    try {
      await this.run(request, work);
    } finally {
      leave();
      leaveAll();
    }
  }

  /** @param limits of the user and the tenant; 0 where none are set for them */
  #requirePlace(owner: TenantScope, ofUser: number, ofTenant: number): void {
    const { maxStreams, maxStreamsPerTenant, maxStreamsPerUser } = this.settings;
    const streams = this.#streams;
    const userLimit = ofUser || maxStreamsPerUser;
    // beyond half of all streams a tenant has what others do not need
    const isAlone = streams.total === streams.ofTenant(owner);
    const share = isAlone ? maxStreams : Math.ceil(maxStreams * SHARE_BESIDE_OTHERS);
    const tenantLimit = Math.min(ofTenant || maxStreamsPerTenant, share);
    if (streams.ofUser(owner) >= userLimit) throw tooMany(`No more than ${userLimit} answers of one user`);
    if (streams.ofTenant(owner) >= tenantLimit) {
      throw tooMany(`No more than ${tenantLimit} answers of one organisation`);
    }
    if (streams.total >= maxStreams) throw tooMany('Too many answers');
  }

  /** Goes on answering for a while, in which balancers notice that the server is not ready. */
  async onModuleDestroy(): Promise<void> {
    this.#leaving = true;
    const { drainDelayMs } = this.settings;
    if (drainDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, drainDelayMs));
    this.#closing = true;
  }

  /** Lets what is running end by itself for a while, then stops it, then cuts it off. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#closing = true;
    if (await this.#ended(this.settings.drainTimeoutMs)) return;
    for (const { request } of this.#running) request.stop();
    if (await this.#ended(STOP_GRACE_MS)) return;
    for (const { request } of this.#running) request.kill();
  }

  async #ended(withinMs: number): Promise<boolean> {
    if (this.#running.size === 0) return true;
    const late = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => late.resolve(false), withinMs);
    const all = Promise.allSettled(Array.from(this.#running, ({ done }) => done)).then(() => true);
    const ended = await Promise.race([all, late.promise]);
    clearTimeout(timer);
    return ended;
  }
}

function tooMany(which: string): EndpointError {
  const headers = { 'retry-after': RETRY_AFTER_SECONDS };
  return new EndpointError('too_many_streams', `${which} are written at the same time`, headers);
}
