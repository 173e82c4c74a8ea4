import type { ServerResponse } from 'node:http';
import { EndpointError } from '../chatkit/http/endpoint-error.js';
import type { RequestGate } from '../common/gates/request-gates.js';
import type { Observers } from '../common/observer/observers.js';
import type { Member } from '../common/scope-tally.js';
import { rateLimitHeaders, type RateLimiter, type RateState } from './rate-limiter.js';

const statesOf = new WeakMap<object, readonly RateState[]>();

/** How far the limits of its sender were used up once the request was counted; empty where there are none. */
export function rateStatesOf(request: object): readonly RateState[] {
  return statesOf.get(request) ?? [];
}

/** Counts the requests of everybody whom a guard knows, and refuses those beyond a limit: EndpointError rate_limited. */
export function rateLimitGate(limiter: RateLimiter, observers: Observers): RequestGate {
  return async (request, response: ServerResponse, sender: Member) => {
    const states = await limiter.count(sender);
    if (states.length === 0) return;
    statesOf.set(request, states);
    const headers = rateLimitHeaders(states);
    const last = states.at(-1);
    if (last?.isExceeded === true) {
      observers.limitReached(`${last.policy}_requests`);
      const who = last.policy === 'user' ? 'one user' : 'one organisation';
      throw new EndpointError('rate_limited', `No more than ${last.limit} requests of ${who} a minute`, {
        'retry-after': String(last.reset),
        ...headers,
      });
    }
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  };
}
