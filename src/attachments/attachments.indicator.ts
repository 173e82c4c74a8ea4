import { Inject, Injectable } from '@nestjs/common';
import { healthReport, type HealthIndicator, type HealthReport } from '../common/health.js';
import { AttachmentsHealth } from './attachments-health.js';

/** Tells where attachments are kept. A place that fails degrades it; chat goes on without files. */
@Injectable()
export class AttachmentsIndicator implements HealthIndicator {
  constructor(@Inject(AttachmentsHealth) private readonly health: Pick<AttachmentsHealth, 'status'>) {}

  check(): HealthReport {
    const { kind, lastError } = this.health.status();
    return lastError === undefined
      ? healthReport('attachments', 'up', { kind })
      : healthReport('attachments', 'degraded', { kind, lastError });
  }
}
