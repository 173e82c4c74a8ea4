import { Inject, Injectable, Optional } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { MODEL_REPORTER, type ModelReporter } from './model-health.port.js';

/** Tells which model answers. A failed call degrades it; the next may succeed, so it is never down. */
@Injectable()
export class ModelIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Optional() @Inject(MODEL_REPORTER) private readonly reporter?: ModelReporter,
  ) {}

  /** Nothing where no model is known. */
  check(): HealthIndicatorResult {
    if (this.reporter === undefined) return {};
    const { kind, model, lastError } = this.reporter.status();
    const indicator = this.indicators.check('model');
    return lastError === undefined
      ? indicator.up({ kind, model })
      : indicator.degraded({ kind, model, lastError });
  }
}
