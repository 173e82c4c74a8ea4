import { Controller, Get, Inject, UseFilters } from '@nestjs/common';
import { HealthCheck, HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { ChatKitExceptionFilter } from '../chatkit/json-exception.filter.js';
import type { HealthIndicator } from '../common/health.js';
import { UnhealthyFilter } from './unhealthy.filter.js';

/** Injection token of the indicators that must be up for requests to be sent here. */
export const READINESS_INDICATORS = Symbol('chatkit:readiness-indicators');

/** Injection token of the indicators that are told of besides. */
export const HEALTH_INDICATORS = Symbol('chatkit:health-indicators');

/** What describes routes is large, and loaded by those who want it alone. */
const UNDESCRIBED = { swaggerDocumentation: false, noCache: true };

/** Health for whoever runs the server. Open to anyone, so it tells states and figures, never addresses. */
@Controller()
// the last one that fits is asked
@UseFilters(ChatKitExceptionFilter, UnhealthyFilter)
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    @Inject(READINESS_INDICATORS) private readonly readiness: readonly HealthIndicator[],
    @Inject(HEALTH_INDICATORS) private readonly others: readonly HealthIndicator[],
  ) {}

  /** Everything that is known; 503 when something is down. */
  @Get()
  @HealthCheck(UNDESCRIBED)
  all(): Promise<HealthCheckResult> {
    return this.#check([...this.readiness, ...this.others]);
  }

  /** Whether the process turns at all: 200 until it stops. */
  @Get('live')
  @HealthCheck(UNDESCRIBED)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Whether requests should be sent here: 503 while chat is configured but cannot be served. */
  @Get('ready')
  @HealthCheck(UNDESCRIBED)
  ready(): Promise<HealthCheckResult> {
    return this.#check(this.readiness);
  }

  #check(indicators: readonly HealthIndicator[]): Promise<HealthCheckResult> {
    return this.health.check(indicators.map((indicator) => () => indicator.check()));
  }
}
