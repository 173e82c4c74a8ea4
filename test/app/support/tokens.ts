import { SignJWT, type JWTPayload } from 'jose';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'chat';
const SECRET = 'a secret that every test token is signed with';

/** A configuration whose tokens `tokenOf` can make. */
export const AUTH_ENV = { AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE, AUTH_JWT_SECRET: SECRET };

/** Who a client says it is, under oath. */
export interface Person {
  readonly tenant: string;
  readonly user: string;
}

/**
 * A genuine token of that person, good for longer than the days that some tests let pass. `claims` adds or replaces claims,
 * undefined leaves one out.
 */
export function tokenOf({ tenant, user }: Person, claims: JWTPayload = {}): Promise<string> {
  const standard = { iss: ISSUER, aud: AUDIENCE, sub: user, org_id: tenant };
  return new SignJWT({ ...standard, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('30d')
    .sign(new TextEncoder().encode(SECRET));
}
