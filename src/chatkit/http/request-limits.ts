import { Inject, Injectable } from '@nestjs/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { CHATKIT_SETTINGS, type ChatKitSettings } from '../chatkit.settings.js';
import type { TenantScope } from '../core/index.js';
import { ScopeTally } from '../../common/scope-tally.js';
import { onConnectionClose } from './connection.js';
import { EndpointError, type EndpointErrorCode } from './endpoint-error.js';

const RETRY_AFTER_SECONDS = '2';
/** The part of the bytes of all bodies that one organisation may have. */
const TENANT_SHARE = 0.5;

/** What one request takes of what all share. */
export interface Admission {
  /**
   * Counts bytes of the body that are kept in memory from now on.
   *
   * @throws EndpointError too_many_body_bytes or server_busy
   */
  keep(bytes: number): void;
  /**
   * Counts bytes of an answer that wait in memory for their reader.
   *
   * @throws EndpointError too_many_answer_bytes or server_busy
   */
  keepAnswer(bytes: number): void;
  /**
   * Has the request count beyond its answer, or the loss of its client, while something is done for it.
   *
   * @returns what is called at the end of that
   */
  hold(): () => void;
  /** Gives everything back; the request may go on, as a stream that has opened does. */
  leave(): void;
}

type Kept = Pick<Admission, 'keep' | 'leave'>;

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
  readonly #bodies = new ScopeTally();
  readonly #answers = new ScopeTally();

  constructor(@Inject(CHATKIT_SETTINGS) private readonly settings: ChatKitSettings) {}

  /**
   * Counts a request whose sender is known, before anything else is done for it, until it is answered, its client has left, and
   * nobody holds it.
   *
   * @throws EndpointError too_many_requests
   */
  admit(request: IncomingMessage, response: ServerResponse, scope: TenantScope): void {
    const { maxRequestsPerUser, maxRequestsPerTenant } = this.settings;
    if (this.#requests.ofUser(scope) >= maxRequestsPerUser) {
      throw busy('too_many_requests', `No more than ${maxRequestsPerUser} requests of one user at a time`);
    }
    if (this.#requests.ofTenant(scope) >= maxRequestsPerTenant) {
      const message = `No more than ${maxRequestsPerTenant} requests of one organisation at a time`;
      throw busy('too_many_requests', message);
    }
    const leaveRequests = this.#requests.take(scope);
    const body = this.#kept(this.#bodies, 'too_many_body_bytes', scope);
    const answer = this.#kept(this.#answers, 'too_many_answer_bytes', scope);
    const leave = (): void => {
      leaveRequests();
      body.leave();
      answer.leave();
    };
    const hold = holdsUntil(leave);
    admissions.set(request, { keep: body.keep, keepAnswer: answer.keep, hold, leave });
    const answered = hold();
    // an answer that waits behind another on its connection does not hear of its end
    const release = onConnectionClose(request.socket, answered);
    response.once('close', () => {
      release();
      answered();
    });
  }

  #kept(tally: ScopeTally, code: EndpointErrorCode, scope: TenantScope): Kept {
    let kept = 0;
    return {
      keep: (bytes) => {
        this.#requireRoom(tally, code, scope, kept, bytes);
        tally.add(scope, bytes);
        kept += bytes;
      },
      leave: () => {
        tally.add(scope, -kept);
        kept = 0;
      },
    };
  }

  /** What is the only one always finds room: a limit of its own bounds it. */
  #requireRoom(
    tally: ScopeTally,
    code: EndpointErrorCode,
    scope: TenantScope,
    kept: number,
    more: number,
  ): void {
    const { maxBodyBytes, maxBodyBytesPerUser } = this.settings;
    const isOver = (taken: number, limit: number): boolean => taken > kept && taken + more > limit;
    const what = tally === this.#bodies ? 'The bodies' : 'The unread answers';
    if (isOver(tally.ofUser(scope), maxBodyBytesPerUser)) {
      throw busy(code, `${what} of one user may have ${maxBodyBytesPerUser} bytes together`);
    }
    if (isOver(tally.ofTenant(scope), maxBodyBytes * TENANT_SHARE)) {
      const share = maxBodyBytes * TENANT_SHARE;
      throw busy(code, `${what} of one organisation may have ${share} bytes together`);
    }
    if (isOver(tally.total, maxBodyBytes)) {
      throw busy('server_busy', 'The server is reading and sending as much as it can hold');
    }
  }
}

/** Calls at the end of the last of those who hold. @returns what begins to hold, which gives what ends it */
function holdsUntil(leave: () => void): () => () => void {
  let holders = 0;
  return () => {
    holders += 1;
    let holds = true;
    return () => {
      if (!holds) return;
      holds = false;
      holders -= 1;
      if (holders === 0) leave();
    };
  };
}

function busy(code: EndpointErrorCode, message: string): EndpointError {
  return new EndpointError(code, message, { 'retry-after': RETRY_AFTER_SECONDS });
}
