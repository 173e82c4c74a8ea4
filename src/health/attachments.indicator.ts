import { Inject, Injectable, Optional } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { ATTACHMENTS_REPORTER, type AttachmentsReporter } from './attachments-health.port.js';

/** Tells where attachments are kept. A place that fails degrades it; chat goes on without files. */
@Injectable()
export class AttachmentsIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Optional() @Inject(ATTACHMENTS_REPORTER) private readonly reporter?: AttachmentsReporter,
  ) {}

  /** Nothing where there are no attachments. */
  check(): HealthIndicatorResult {
    if (this.reporter === undefined) return {};
    const { kind, lastError } = this.reporter.status();
    const indicator = this.indicators.check('attachments');
    return lastError === undefined ? indicator.up({ kind }) : indicator.degraded({ kind, lastError });
  }
}
