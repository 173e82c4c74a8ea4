import { createHmac } from 'node:crypto';

/** What every server under test is told of who signs its tokens. */
export const ISSUER = 'https://issuer.bench.test/';
export const AUDIENCE = 'bench';
export const SECRET = 'a secret of the benchmark, of 32 bytes and more';

const DAY = 86_400;

/** Who sends a request. */
export interface Member {
  readonly user: string;
  readonly organisation: string;
}

/** A bearer token (HS256) of that member, valid for a day. */
export function tokenOf({ user, organisation }: Member): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { sub: user, org_id: organisation, iat: now, exp: now + DAY, iss: ISSUER, aud: AUDIENCE };
  const signed = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
