import { Inject, Injectable, Optional } from '@nestjs/common';
import { healthReport, type HealthIndicator, type HealthReport } from '../../common/health.js';
import {
  alwaysAvailable,
  CHATKIT_AVAILABILITY,
  type ChatAvailability,
  type ChatState,
} from '../../common/availability.js';
import { RunningRequests } from '../running-requests.js';

/** States in which the process does all that it was set up to do. */
const HEALTHY: ReadonlySet<ChatState> = new Set(['up', 'disabled']);

/** Tells whether chat can be served, why not, since when, and how busy its connections are. */
@Injectable()
export class ChatKitIndicator implements HealthIndicator {
  constructor(
    @Optional()
    @Inject(CHATKIT_AVAILABILITY)
    private readonly availability: ChatAvailability = alwaysAvailable(),
    @Optional() private readonly requests?: RunningRequests,
  ) {}

  /** Costs nothing: the state is kept by whoever watches the database. */
  check(): HealthReport {
    const { state, reason, since, pool } = this.availability.status();
    const isFull = pool?.queueMax !== undefined && pool.waiting > 0 && pool.waiting >= pool.queueMax;
    const isLeaving = this.requests?.leaving === true;
    const facts = {
      state,
      reason: isLeaving ? 'shutting_down' : isFull ? 'queue_full' : reason,
      since: since.toISOString(),
      pool,
    };
    return healthReport('chatkit', HEALTHY.has(state) && !isFull && !isLeaving ? 'up' : 'down', facts);
  }
}
