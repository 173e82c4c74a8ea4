import { ENDPOINT_DEFAULTS } from '../common/defaults.js';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { ConnectionsConfig } from './connections.config.js';
import { Env } from './validate.js';
import type { ConfigProblem, SelfChecking } from './validate.js';

const DAY_MS = 86_400_000;

/** How the server is reached and what requests may cost: where it listens, and the limits of `/chatkit`. */
export class HttpConfig extends ConnectionsConfig implements SelfChecking {
  @Env('CHATKIT_TRUST_PROXY', {
    description:
      'Number of reverse proxies in front of the server whose `X-Forwarded-*` headers are believed.',
  })
  @IsInt()
  @Min(0)
  @Max(16)
  readonly trustProxy: number = 0;

  @Env('CHATKIT_HSTS_SECONDS', {
    description:
      'Seconds for which browsers are told to come encrypted alone, where `PUBLIC_URL` is `https`; 0 tells them nothing.',
  })
  @IsInt()
  @Min(0)
  @Max(63_072_000)
  readonly hstsSeconds: number = 31_536_000;

  @Env('CHATKIT_BODY_LIMIT', { description: 'Largest request body in bytes.' })
  @IsInt()
  @Min(1024)
  @Max(64 * 1024 * 1024)
  readonly bodyLimit: number = ENDPOINT_DEFAULTS.bodyLimit;

  @Env('CHATKIT_BODY_TIMEOUT_MS', { description: 'Milliseconds within which a request body must have come.' })
  @IsInt()
  @Min(1)
  @Max(DAY_MS)
  readonly bodyTimeoutMs: number = ENDPOINT_DEFAULTS.bodyTimeoutMs;

  @Env('CHATKIT_MAX_REQUESTS_PER_USER', {
    description:
      'Requests of one user that are answered at the same time. A stream counts until it has opened.',
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly maxRequestsPerUser: number = ENDPOINT_DEFAULTS.maxRequestsPerUser;

  @Env('CHATKIT_MAX_REQUESTS_PER_TENANT', {
    description: 'Requests of one organisation that are answered at the same time.',
  })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly maxRequestsPerTenant: number = ENDPOINT_DEFAULTS.maxRequestsPerTenant;

  @Env('CHATKIT_MAX_BODY_BYTES', {
    description:
      'Bytes of request bodies in memory at the same time, and as many of large answers that wait for their reader; half of each for one organisation.',
  })
  @IsInt()
  @Min(1024)
  @Max(64 * 1024 * 1024 * 1024)
  readonly maxBodyBytes: number = ENDPOINT_DEFAULTS.maxBodyBytes;

  @Env('CHATKIT_MAX_BODY_BYTES_PER_USER', {
    description: 'The same for one user. One body or answer always fits.',
  })
  @IsInt()
  @Min(1024)
  @Max(64 * 1024 * 1024 * 1024)
  readonly maxBodyBytesPerUser: number = ENDPOINT_DEFAULTS.maxBodyBytesPerUser;

  @Env('CHATKIT_CORS_ORIGINS', {
    description:
      'Origins, separated by commas, whose pages may call `/chatkit` from another site; what is below it with a token alone.',
  })
  readonly corsOrigins: string[] = [];

  @Env('CHATKIT_DISCONNECT_POLICY', {
    description: 'What happens when a client goes away: `cancel` the answer, or `complete` and store it.',
  })
  @IsIn(['cancel', 'complete'])
  readonly disconnectPolicy: 'cancel' | 'complete' = ENDPOINT_DEFAULTS.disconnectPolicy;

  @Env('CHATKIT_REJOIN_WITHIN_MS', {
    description:
      'Milliseconds for which an answer goes on after its last reader has left, so that a page that is loaded anew joins it. For clients alone that stop answers by a request, as the element does; 0 ends it at once.',
  })
  @IsInt()
  @Min(0)
  @Max(600_000)
  readonly rejoinWithinMs: number = ENDPOINT_DEFAULTS.rejoinWithinMs;

  @Env('CHATKIT_HEARTBEAT_MS', { description: 'Longest silence of a stream in milliseconds.' })
  @IsInt()
  @Min(1)
  @Max(DAY_MS)
  readonly heartbeatMs: number = ENDPOINT_DEFAULTS.heartbeatMs;

  @Env('CHATKIT_FRAME_MS', {
    description:
      'Milliseconds for which what a stream says is collected, to leave in one write; 0 writes at once.',
  })
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly frameMs: number = ENDPOINT_DEFAULTS.frameMs;

  @Env('CHATKIT_STALL_TIMEOUT_MS', {
    description: 'Milliseconds after which a client that does not read its answer counts as gone.',
  })
  @IsInt()
  @Min(1)
  @Max(DAY_MS)
  readonly stallTimeoutMs: number = ENDPOINT_DEFAULTS.stallTimeoutMs;

  @Env('CHATKIT_MAX_STREAMS', { description: 'Streams the server runs at the same time.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly maxStreams: number = ENDPOINT_DEFAULTS.maxStreams;

  @Env('CHATKIT_MAX_STREAMS_PER_TENANT', { description: 'Streams of one organisation at the same time.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly maxStreamsPerTenant: number = ENDPOINT_DEFAULTS.maxStreamsPerTenant;

  @Env('CHATKIT_MAX_STREAMS_PER_USER', { description: 'Streams of one user at the same time.' })
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  readonly maxStreamsPerUser: number = ENDPOINT_DEFAULTS.maxStreamsPerUser;

  @Env('CHATKIT_SAVE_WITHIN_MS', {
    description:
      'Milliseconds for which what an answer has said is saved again while the database is away, before its stream reports failure.',
  })
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  readonly saveWithinMs: number = ENDPOINT_DEFAULTS.saveWithinMs;

  @Env('CHATKIT_DRAIN_DELAY_MS', {
    description:
      'Milliseconds for which requests are still answered when the server stops, while readiness says 503: as long as a balancer needs to notice, 5000 for instance.',
  })
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  readonly drainDelayMs: number = ENDPOINT_DEFAULTS.drainDelayMs;

  @Env('CHATKIT_DRAIN_TIMEOUT_MS', {
    description: 'Milliseconds running streams are given to end when the server stops.',
  })
  @IsInt()
  @Min(0)
  @Max(DAY_MS)
  readonly drainTimeoutMs: number = ENDPOINT_DEFAULTS.drainTimeoutMs;

  /** An origin is compared as text, so only its one canonical form can ever match. */
  problems(): readonly ConfigProblem[] {
    if (this.corsOrigins.every(isOrigin)) return [];
    const problem = 'must list origins such as https://app.example, without paths and without *';
    return [{ variable: 'CHATKIT_CORS_ORIGINS', problem }];
  }
}

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
