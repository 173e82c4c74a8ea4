import { AuthError } from '../auth.errors.js';
import { ChatKitLogger } from '../../common/logging/chatkit-logger.js';
import { isRecord } from '../../common/is-record.js';
import { frozenCopy } from './deep-freeze.js';
import { isIdentifier, isMissing } from './identifier.js';
import type { UserProfile } from './user-profile.js';

const logger = new ChatKitLogger('Auth');

const REFUSAL = {
  userId: 'You are signed in as nobody who can be served here',
  tenantId: 'You are signed in to no organisation that can be served here',
} as const;

/**
 * The identifier as text: text as it is, a whole number as its digits.
 *
 * @throws {AuthError} 401 where there is no user, 403 where there is no tenant or either cannot be used
 */
export function identifierOf(field: 'tenantId' | 'userId', given: unknown, correlationId: string): string {
  const value = Number.isSafeInteger(given) ? String(given) : given;
  if (isIdentifier(value)) return value;
  const missing = isMissing(value);
  const fault = missing ? 'missing' : `of no use (${typeof given})`;
  logger.warn(
    `RequestContext: ${field} is ${fault}; the guard has to give 1 to 255 visible characters or a whole ` +
      `number, or to refuse the request`,
    { correlationId },
  );
  if (missing && field === 'userId') {
    throw new AuthError('unauthorized', 'Sign in first', correlationId, { field });
  }
  throw new AuthError('forbidden', REFUSAL[field], correlationId, { field });
}

/** What {@link roleNames} and {@link profileOf} have made, and need not look at again. */
const roleLists = new WeakSet<readonly string[]>();
const profiles = new WeakSet<UserProfile>();

/** The texts among the roles, frozen; a single text is one role. */
export function roleNames(given: unknown): readonly string[] {
  if (roleLists.has(given as readonly string[])) return given as readonly string[];
  const roles = frozenCopy([given].flat().filter((role) => typeof role === 'string'));
  roleLists.add(roles);
  return roles;
}

/** Text as it is; anything else is left out. */
export function textOrNone(given: unknown): string | undefined {
  return typeof given === 'string' && given !== '' ? given : undefined;
}

/** What of a profile has the type it should have, frozen. */
export function profileOf(given: unknown): UserProfile {
  if (profiles.has(given as UserProfile)) return given as UserProfile;
  const { name, email, picture, attributes } = recordOf(given);
  const texts = Object.entries({ name, email, picture }).filter(([, value]) => typeof value === 'string');
  const facts = Object.entries(recordOf(attributes)).filter(([, value]) => isPlain(value));
  const profile: UserProfile = frozenCopy(
    Object.fromEntries(facts.length === 0 ? texts : [...texts, ['attributes', Object.fromEntries(facts)]]),
  );
  profiles.add(profile);
  return profile;
}

const NOTHING: Readonly<Record<string, unknown>> = frozenCopy({});

/** An object with names; of anything else nothing, which is always the same. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) && Object.keys(value).length > 0 ? value : NOTHING;
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
