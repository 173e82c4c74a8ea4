import { Inject, Injectable } from '@nestjs/common';
import { CHATKIT_SETTINGS, type ChatKitSettings } from '../chatkit.settings.js';
import type { TenantScope } from '../core/index.js';
import { ScopeTally } from '../../common/scope-tally.js';
import { EndpointError, type EndpointErrorCode } from './endpoint-error.js';

const RETRY_AFTER_SECONDS = '2';
/** The part of the bytes of all bodies that one organisation may have. */
const TENANT_SHARE = 0.5;

/** What one request takes of what all share. */
export interface Admission {
  /**
   * Counts bytes of the body, or of a large answer, that are kept in memory from now on.
   *
   * @throws EndpointError too_many_body_bytes or server_busy
   */
  keep(bytes: number): void;
  /** Gives everything back; the request may go on, as a stream that has opened does. */
  leave(): void;
}

// kept beside the request, as its context is
const admissions = new WeakMap<object, Admission>();

/** What the request was admitted with; undefined where nobody has counted it. */
export function admissionOf(request: object): Admission | undefined {
  return admissions.get(request);
}

/** Sees to it that the requests of one user or organisation leave room for those of others. */
@Injectable()
export class RequestLimits {
  readonly #requests = new ScopeTally();
  readonly #bytes = new ScopeTally();

  constructor(@Inject(CHATKIT_SETTINGS) private readonly settings: ChatKitSettings) {}

  /**
   * Counts a request whose sender is known, before anything else is done for it.
   *
   * @throws EndpointError too_many_requests
   */
  admit(request: object, scope: TenantScope): Admission {
    const { maxRequestsPerUser, maxRequestsPerTenant } = this.settings;
    if (this.#requests.ofUser(scope) >= maxRequestsPerUser) {
      throw busy('too_many_requests', `No more than ${maxRequestsPerUser} requests of one user at a time`);
    }
    if (this.#requests.ofTenant(scope) >= maxRequestsPerTenant) {
      const message = `No more than ${maxRequestsPerTenant} requests of one organisation at a time`;
      throw busy('too_many_requests', message);
    }
    const leaveRequests = this.#requests.take(scope);
    let kept = 0;
    const admission: Admission = {
      keep: (bytes) => {
        this.#requireRoom(scope, kept, bytes);
        this.#bytes.add(scope, bytes);
        kept += bytes;
      },
      leave: () => {
        leaveRequests();
        this.#bytes.add(scope, -kept);
        kept = 0;
      },
    };
    admissions.set(request, admission);
    return admission;
  }

  /** A body that is the only one always finds room: its own limit bounds it. */
  #requireRoom(scope: TenantScope, kept: number, more: number): void {
    const { maxBodyBytes, maxBodyBytesPerUser } = this.settings;
    const tally = this.#bytes;
    const isOver = (taken: number, limit: number): boolean => taken > kept && taken + more > limit;
    if (isOver(tally.ofUser(scope), maxBodyBytesPerUser)) {
      const message = `Bodies and unread answers of one user may have ${maxBodyBytesPerUser} bytes together`;
      throw busy('too_many_body_bytes', message);
    }
    if (isOver(tally.ofTenant(scope), maxBodyBytes * TENANT_SHARE)) {
      const message = `Bodies and unread answers of one organisation may have ${maxBodyBytes * TENANT_SHARE} bytes together`;
      throw busy('too_many_body_bytes', message);
    }
    if (isOver(tally.total, maxBodyBytes)) {
      throw busy('server_busy', 'The server is reading and sending as much as it can hold');
    }
  }
}

function busy(code: EndpointErrorCode, message: string): EndpointError {
  return new EndpointError(code, message, { 'retry-after': RETRY_AFTER_SECONDS });
}
