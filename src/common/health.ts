/** How something is: `degraded` works, with something missing. */
export type HealthStatus = 'up' | 'degraded' | 'down';

/** What an indicator tells, under its name; a `HealthIndicatorResult` of @nestjs/terminus. Empty where there is nothing to tell. */
export type HealthReport = Record<string, { status: HealthStatus; [fact: string]: unknown }>;

/**
 * Tells how one part of the application is, from memory. Give it to `ChatKitHealthModule`, or call it in a controller
 * of one's own: `health.check([() => indicator.check()])`.
 */
export interface HealthIndicator {
  /** Facts are shown to anyone: never an address or a secret. */
  check(): HealthReport;
}

/** The report of one part. */
export function healthReport(name: string, status: HealthStatus, facts: object): HealthReport {
  return { [name]: { ...facts, status } };
}
