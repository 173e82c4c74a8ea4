import type { ServerResponse } from 'node:http';
import { EndpointError } from '../chatkit/http/endpoint-error.js';
import type { RequestGate } from '../common/gates/request-gates.js';
import type { Observers } from '../common/observer/observers.js';
import type { Member } from '../common/scope-tally.js';
import { rateLimitHeaders, type RateLimiter } from './rate-limiter.js';

/** Counts the requests of everybody whom a guard knows, and refuses those beyond a limit: EndpointError rate_limited. */
export function rateLimitGate(limiter: RateLimiter, observers: Observers): RequestGate {
  return async (_request, response: ServerResponse, sender: Member) => {
    const states = await limiter.count(sender);
    if (states.length === 0) return;
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
