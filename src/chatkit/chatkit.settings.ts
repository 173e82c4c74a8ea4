import { ENDPOINT_DEFAULTS } from '../common/defaults.js';

/** What a client's departure means for its answer: stop it, or finish and store it. */
export type DisconnectPolicy = 'cancel' | 'complete';

/** Limits and habits of the endpoint. */
export interface ChatKitSettings {
  /** Largest request body in bytes. Default 1 MiB. */
  readonly bodyLimit: number;
  /** Largest body of a request for dictation, `input.transcribe`, in bytes. Default as `bodyLimit`. */
  readonly audioBodyLimit: number;
  /** Milliseconds within which the whole body must have come. Default 15 s. */
  readonly bodyTimeoutMs: number;
  /** Longest silence of a stream in milliseconds. Default 15 s. */
  readonly heartbeatMs: number;
  /**
   * Milliseconds for which what a stream says is collected, to leave in one write. Its first event, finished items,
   * effects, errors and its end are not held back. 0 collects what comes in one turn of the event loop. Default 10.
   */
  readonly frameMs: number;
  /** Milliseconds a client may leave what was sent unread before it counts as gone. Default 30 s. */
  readonly stallTimeoutMs: number;
  /** Default `cancel`. */
  readonly disconnectPolicy: DisconnectPolicy;
  /**
   * Milliseconds for which an answer goes on after its last reader has left, in which a page that is loaded anew joins it;
   * under the policy `cancel`, for clients alone that stop an answer by a request. 0 ends it at once. Default 10 s.
   */
  readonly rejoinWithinMs: number;
  /**
   * Whether a thread that is locked or closed takes neither messages nor retries, answers or actions of its user: 409
   * with its reason. Default true.
   */
  readonly enforceStatus: boolean;
  /**
   * Requests of one user that are being answered at the same time, on all routes whose guard knows the user. A
   * stream counts until it has opened. Default 50.
   */
  readonly maxRequestsPerUser: number;
  /** As `maxRequestsPerUser`, for all users of one tenant. Default 400. */
  readonly maxRequestsPerTenant: number;
  /**
   * Bytes of bodies that are in memory at the same time, and as many of answers over 64 KiB that are no streams and wait
   * for their reader; one organisation has half of each. Default 256 MiB.
   */
  readonly maxBodyBytes: number;
  /** As `maxBodyBytes`, for one user of one tenant. What is the user's only one always fits. Default 16 MiB. */
  readonly maxBodyBytesPerUser: number;
  /** Streams running at the same time, those whose client has left included. Default 5000. */
  readonly maxStreams: number;
  /** As `maxStreams`, for all users of one tenant. Default 4000. */
  readonly maxStreamsPerTenant: number;
  /** As `maxStreams`, for one user of one tenant. Default 2000. */
  readonly maxStreamsPerUser: number;
  /** Origins whose pages may call the endpoint from another site, with credentials. Default none. */
  readonly corsOrigins: readonly string[];
  /**
   * Milliseconds for which what an answer has said is saved again while the database is away, before its stream reports
   * failure. Default 10 s.
   */
  readonly saveWithinMs: number;
  /**
   * Milliseconds for which requests are still answered when the application stops, while readiness says 503. Default 0.
   */
  readonly drainDelayMs: number;
  /** Milliseconds running streams are given to end when the application stops. Default 5 s. */
  readonly drainTimeoutMs: number;
}

/** Injection token of the complete {@link ChatKitSettings}. */
export const CHATKIT_SETTINGS = Symbol('CHATKIT_SETTINGS');

const DEFAULTS: Omit<ChatKitSettings, 'audioBodyLimit'> = { ...ENDPOINT_DEFAULTS, corsOrigins: [] };

/** The settings with defaults for what is not given; anything else `given` holds is left out. */
export function completeSettings(given: Partial<ChatKitSettings> = {}): ChatKitSettings {
  const own = Object.fromEntries(
    Object.keys(DEFAULTS)
      .map((key): [string, unknown] => [key, given[key as keyof ChatKitSettings]])
      .filter(([, value]) => value !== undefined),
  ) as Partial<ChatKitSettings>;
  const settings = { ...DEFAULTS, ...own };
  return { ...settings, audioBodyLimit: given.audioBodyLimit ?? settings.bodyLimit };
}
