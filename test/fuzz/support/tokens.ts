import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import * as fc from 'fast-check';
import { AUTH_ENV } from '../../app/support/tokens.js';
import { json, jsonText, text } from './values.js';

/** A token, and whether somebody who has the key has signed just these claims, and they are in force. */
export interface MadeToken {
  readonly token: string;
  readonly isGenuine: boolean;
}

const SOON = Math.floor(Date.now() / 1000) + 86_400;
const CLAIMS = {
  iss: AUTH_ENV.AUTH_ISSUER,
  aud: AUTH_ENV.AUTH_AUDIENCE,
  sub: 'ada',
  org_id: 'org_aurora',
  iat: SOON - 90_000,
  exp: SOON,
};
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const base64 = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url');

const headers = fc.oneof(
  fc.constantFrom<object>(
    { alg: 'HS256' },
    { alg: 'none' },
    { alg: 'None' },
    { alg: '' },
    { alg: ['HS256'] },
    { alg: 'HS384' },
    { alg: 'RS256' },
    { alg: 'ES256', jwk: { kty: 'oct', k: 'AA' } },
    { alg: 'HS256', kid: '../../dev/null' },
    { alg: 'HS256', kid: 'k'.repeat(5000) },
    { alg: 'HS256', typ: 'at+jwt' },
    { alg: 'HS256', typ: 'JWE', enc: 'A256GCM' },
    { alg: 'HS256', crit: ['exp'] },
    { alg: 'HS256', crit: ['b64'], b64: false },
    { alg: 'HS256', jku: 'http://127.0.0.1:1/keys' },
    { alg: 'HS256', x5u: 'file:///etc/passwd' },
    { alg: 'HS256', zip: 'DEF' },
  ),
  fc.record(
    { alg: fc.oneof(fc.constant('HS256'), json), kid: json, typ: json, crit: json },
    { requiredKeys: ['alg'] },
  ),
);

/** A change of the claims that no issuer would make, or one that only the key's owner could. */
const changes = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<object>(
      { exp: 1 },
      { exp: -1 },
      { exp: '9999999999' },
      { exp: 1e300 },
      { nbf: SOON },
      { iss: 'https://evil.example' },
      { aud: ['other'] },
      { aud: 'other' },
      { iat: SOON },
    ),
  },
  {
    weight: 3,
    arbitrary: fc.dictionary(
      fc.constantFrom(
        'sub',
        'org_id',
        'roles',
        'name',
        'email',
        'picture',
        'locale',
        'jti',
        'sid',
        '__proto__',
        'scope',
      ),
      fc.oneof(json, text),
      { maxKeys: 3 },
    ),
  },
);

const keys = fc.oneof(
  { weight: 4, arbitrary: fc.constant(AUTH_ENV.AUTH_JWT_SECRET) },
  { weight: 1, arbitrary: fc.constantFrom('', 'secret', 'another secret that is as long as the right one') },
);

function signed(head: string, payload: string, alg: unknown, key: string): string {
  const input = `${head}.${payload}`;
  if (alg === 'RS256') return base64(sign('sha256', Buffer.from(input), privateKey));
  if (alg === 'none') return '';
  return createHmac(alg === 'HS384' ? 'sha384' : 'sha256', key)
    .update(input)
    .digest('base64url');
}

const whole: fc.Arbitrary<MadeToken> = fc.tuple(headers, changes, keys).map(([header, change, key]) => {
  const [head, payload] = [base64(jsonText(header)), base64(jsonText({ ...CLAIMS, ...change }))];
  const { alg } = header as { alg?: unknown };
  return {
    token: `${head}.${payload}.${signed(head, payload, alg, key)}`,
    isGenuine: alg === 'HS256' && key === AUTH_ENV.AUTH_JWT_SECRET,
  };
});

const printable = (value: string): string => value.replaceAll(/[^\u0021-\u007E]/g, '~');

/** Tokens of every shape: signed and not, by the right key and others, cut, doubled and of no shape at all. */
export const tokens: fc.Arbitrary<MadeToken> = fc.oneof(
  { weight: 4, arbitrary: whole },
  {
    weight: 1,
    arbitrary: fc
      .tuple(whole, fc.double({ min: 0, max: 0.99, noNaN: true }), fc.constantFrom('', '.', 'A', '=', '%00'))
      .map(([{ token }, at, put]) => {
        const place = Math.floor(at * token.length);
        // the last bits of the last character mean nothing, so that one is left alone
        return { token: token.slice(0, place) + put + token.slice(place + 1), isGenuine: false };
      }),
  },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        text.map(printable),
        fc.constantFrom('.', '..', '...', 'a.b.c', 'a'.repeat(12_000), 'a.'.repeat(3000)),
      )
      .map((token) => ({ token, isGenuine: false })),
  },
);
