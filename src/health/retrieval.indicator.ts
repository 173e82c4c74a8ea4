import { Inject, Injectable, Optional } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { RETRIEVAL_REPORTER, type RetrievalReporter } from './retrieval-health.port.js';

/** Tells whether documents are found. A retriever that fails degrades it; answers go on without it. */
@Injectable()
export class RetrievalIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    @Optional() @Inject(RETRIEVAL_REPORTER) private readonly reporter?: RetrievalReporter,
  ) {}

  /** Nothing where there are no retrievers. */
  check(): HealthIndicatorResult {
    const { retrievers = 0, lastError } = this.reporter?.status() ?? {};
    if (retrievers === 0) return {};
    const indicator = this.indicators.check('retrieval');
    return lastError === undefined
      ? indicator.up({ retrievers })
      : indicator.degraded({ retrievers, lastError });
  }
}
