import { Inject, Injectable } from '@nestjs/common';
import { healthReport, type HealthIndicator, type HealthReport } from '../../common/health.js';
import { ModelHealth } from './model-status.js';

/** The part of the answers of the window whose failure is more than bad luck. */
const TOO_MANY = 0.5;

/**
 * Tells which model answers, and how that has gone of late. It is degraded while half of its answers fail; the next may
 * succeed, so it is never down.
 */
@Injectable()
export class ModelIndicator implements HealthIndicator {
  constructor(@Inject(ModelHealth) private readonly health: Pick<ModelHealth, 'status'>) {}

  check(): HealthReport {
    const status = this.health.status();
    const { answers, failures } = status.window;
    const isDegraded = failures > 0 && failures >= answers * TOO_MANY;
    return healthReport('model', isDegraded ? 'degraded' : 'up', status);
  }
}
