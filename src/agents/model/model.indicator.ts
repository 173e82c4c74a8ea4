import { Inject, Injectable } from '@nestjs/common';
import { healthReport, type HealthIndicator, type HealthReport } from '../../common/health.js';
import { ModelHealth } from './model-status.js';

/** Tells which model answers. A failed call degrades it; the next may succeed, so it is never down. */
@Injectable()
export class ModelIndicator implements HealthIndicator {
  constructor(@Inject(ModelHealth) private readonly health: Pick<ModelHealth, 'status'>) {}

  check(): HealthReport {
    const status = this.health.status();
    return healthReport('model', status.lastError === undefined ? 'up' : 'degraded', status);
  }
}
