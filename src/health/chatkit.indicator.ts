import { Inject, Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { CHATKIT_AVAILABILITY, type ChatAvailability, type ChatState } from '../chatkit/availability.js';

/** States in which the process does all that it was set up to do. */
const HEALTHY: ReadonlySet<ChatState> = new Set(['up', 'disabled']);

/** Tells whether chat can be served, why not, since when, and how busy its connections are. */
@Injectable()
export class ChatKitIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Inject(CHATKIT_AVAILABILITY) private readonly availability: ChatAvailability,
  ) {}

  /** Costs nothing: the state is kept by whoever watches the database. */
  check(): HealthIndicatorResult {
    const { state, reason, since, pool } = this.availability.status();
    const isFull = pool?.queueMax !== undefined && pool.waiting > 0 && pool.waiting >= pool.queueMax;
    const facts = { state, reason: isFull ? 'queue_full' : reason, since: since.toISOString(), pool };
    const indicator = this.indicators.check('chatkit');
    return HEALTHY.has(state) && !isFull ? indicator.up(facts) : indicator.down(facts);
  }
}
