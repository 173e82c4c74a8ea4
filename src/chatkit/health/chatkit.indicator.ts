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
    @Optional() @Inject(RunningRequests) private readonly running?: Pick<RunningRequests, 'leaving'>,
  ) {}

  /** Costs nothing: the state is kept by whoever watches the database. */
  check(): HealthReport {
    const { state, since, pool, databases, ...why } = this.availability.status();
    const isFull = pool?.queueMax !== undefined && pool.waiting > 0 && pool.waiting >= pool.queueMax;
    const hindrance =
      this.running?.leaving === true ? 'shutting_down' : isFull ? 'queue_full' : why.impairment;
    const facts = { state, reason: hindrance ?? why.reason, since: since.toISOString(), pool, databases };
    const serves = HEALTHY.has(state) && hindrance === undefined;
    const isWhole = databases?.every((each) => each.state === 'up' && each.impairment === undefined) ?? true;
    return healthReport('chatkit', serves ? (isWhole ? 'up' : 'degraded') : 'down', facts);
  }
}
