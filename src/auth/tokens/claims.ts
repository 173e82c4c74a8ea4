import { InsufficientTokenError } from '../auth.errors.js';
import { CONTROL, isIdentifier, isMissing } from '../context/identifier.js';
import type { UserProfile } from '../context/user-profile.js';

/** Claims of a verified token. */
export type Claims = Readonly<Record<string, unknown>>;

/** What a verified token establishes. */
export interface Identity {
  readonly tenantId: string;
  readonly userId: string;
  readonly tenantName?: string;
  readonly roles: readonly string[];
  readonly user: UserProfile;
  /** From the `locale` claim, if it is a language tag. */
  readonly locale?: string;
}

/** Names of the claims that are not standard. */
export interface ClaimNames {
  readonly tenant: string;
  readonly tenantName: string;
  readonly roles: string;
  /** Without it no further facts are read. */
  readonly profile?: string;
}

const MAX_TEXT_LENGTH = 512;
const MAX_PICTURE_LENGTH = 2048;
const MAX_ROLES = 100;
const MAX_ATTRIBUTES = 30;

function identifier(claims: Claims, claim: string, meaning: string): string {
  const value = claims[claim];
  if (isIdentifier(value)) return value;
  throw new InsufficientTokenError(
    isMissing(value) ? `The token names no ${meaning}` : `The token names a ${meaning} that cannot be used`,
  );
}

function text(value: unknown, maximum = MAX_TEXT_LENGTH): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > maximum) return undefined;
  return CONTROL.test(value) ? undefined : value;
}

function rolesOf(value: unknown): readonly string[] {
  const entries: unknown[] = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  return entries
    .map((entry) => text(entry))
    .filter((role) => role !== undefined)
    .slice(0, MAX_ROLES);
}

/** The plain values of an object; of too many, the first ones. */
function attributesOf(value: unknown): NonNullable<UserProfile['attributes']> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).flatMap(([name, given]): [string, string | number | boolean][] => {
    const plain = typeof given === 'number' || typeof given === 'boolean' ? given : text(given);
    return plain === undefined || text(name) === undefined ? [] : [[name, plain]];
  });
  return Object.fromEntries(entries.slice(0, MAX_ATTRIBUTES));
}

function profile(claims: Claims, attributesClaim: string | undefined): UserProfile {
  const name = text(claims['name']);
  const email = text(claims['email']);
  const picture = text(claims['picture'], MAX_PICTURE_LENGTH);
  const attributes = attributesClaim === undefined ? {} : attributesOf(claims[attributesClaim]);
  return {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(picture === undefined || !/^https?:\/\//i.test(picture) ? {} : { picture }),
    ...(Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
}

/**
 * Reads the identity from verified claims. Identifiers are taken as they are or not at all; the rest is left
 * out where it is unusable.
 *
 * @throws {InsufficientTokenError} when organisation or user is missing, too long or has control characters
 */
export function identityOf(claims: Claims, names: ClaimNames): Identity {
  const tenantName = text(claims[names.tenantName]);
  const locale = text(claims['locale'], 35);
  return {
    tenantId: identifier(claims, names.tenant, 'organisation'),
    userId: identifier(claims, 'sub', 'user'),
    ...(tenantName === undefined ? {} : { tenantName }),
    roles: rolesOf(claims[names.roles]),
    user: profile(claims, names.profile),
    ...(locale === undefined ? {} : { locale }),
  };
}
