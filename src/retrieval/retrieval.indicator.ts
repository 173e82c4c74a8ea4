import { Inject, Injectable } from '@nestjs/common';
import { healthReport, type HealthIndicator, type HealthReport } from '../common/health.js';
import { RetrievalHealth } from './retrieval-health.js';

/** Tells whether documents are found. A retriever that fails degrades it; answers go on without it. */
@Injectable()
export class RetrievalIndicator implements HealthIndicator {
  constructor(@Inject(RetrievalHealth) private readonly health: Pick<RetrievalHealth, 'status'>) {}

  /** Nothing where there are no retrievers. */
  check(): HealthReport {
    const status = this.health.status();
    if (status.retrievers === 0) return {};
    return healthReport('retrieval', status.lastError === undefined ? 'up' : 'degraded', status);
  }
}
