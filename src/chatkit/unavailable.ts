import type { ServerResponse } from 'node:http';
import type { ChatState } from '../common/availability.js';
import { UnavailableError } from './core/index.js';

const REASONS: Readonly<Record<Exclude<ChatState, 'up'>, { message: string; retryAfterSeconds: number }>> = {
  down: { message: 'Chat is not available at the moment', retryAfterSeconds: 5 },
  connecting: { message: 'Chat is starting', retryAfterSeconds: 2 },
  migrating: { message: 'Chat is being set up', retryAfterSeconds: 5 },
  disabled: { message: 'Chat is not configured on this server', retryAfterSeconds: 300 },
};

/** Why chat cannot be served in that state, and when to ask again. */
export function unavailable(state: Exclude<ChatState, 'up'>): UnavailableError {
  const { message, retryAfterSeconds } = REASONS[state];
  return new UnavailableError(message, retryAfterSeconds);
}

/** The server stops: the client should come back over another connection. */
export function shuttingDown(response: ServerResponse): UnavailableError {
  if (!response.headersSent) response.setHeader('connection', 'close');
  return new UnavailableError('The server is restarting', 2);
}
