/** What the endpoint does unless its settings, or the environment, say otherwise; units as in `ChatKitSettings`. */
export const ENDPOINT_DEFAULTS = {
  bodyLimit: 1024 * 1024,
  bodyTimeoutMs: 15_000,
  heartbeatMs: 15_000,
  frameMs: 10,
  stallTimeoutMs: 30_000,
  disconnectPolicy: 'cancel',
  rejoinWithinMs: 10_000,
  enforceStatus: true,
  maxRequestsPerUser: 50,
  maxRequestsPerTenant: 400,
  maxBodyBytes: 256 * 1024 * 1024,
  maxBodyBytesPerUser: 16 * 1024 * 1024,
  maxStreams: 5000,
  maxStreamsPerTenant: 4000,
  maxStreamsPerUser: 2000,
  saveWithinMs: 10_000,
  drainDelayMs: 0,
  drainTimeoutMs: 5000,
} as const;

/** How long sessions of browsers last unless the options, or the environment, say otherwise, in minutes. */
export const SESSION_DEFAULTS = { idleMinutes: 120, maxMinutes: 720 } as const;
