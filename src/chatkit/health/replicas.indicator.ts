import { Inject, Injectable, Optional } from '@nestjs/common';
import { healthReport, type HealthIndicator, type HealthReport } from '../../common/health.js';
import { CHATKIT_SIGNALS, type Signals } from '../../common/signals/signals.port.js';

/** Tells whether replicas hear of each other's answers, where there are several. */
@Injectable()
export class ReplicasIndicator implements HealthIndicator {
  constructor(@Optional() @Inject(CHATKIT_SIGNALS) private readonly signals?: Signals) {}

  check(): HealthReport {
    if (this.signals === undefined) return {};
    const { isConnected, hindrance } = this.signals;
    return healthReport(
      'replicas',
      isConnected ? 'up' : 'degraded',
      isConnected ? {} : { reason: hindrance },
    );
  }
}
