import { createHmac } from 'node:crypto';
import { signingKey, signToken, TestIssuer } from './support/issuer.js';
import { CollectedLog } from '../http/collected-log.js';
import { startAuthApp } from './support/auth-app.js';
import type { AuthOptions } from '../../src/auth/index.js';
import type { RunningApp } from './support/auth-app.js';
import type { JWTPayload } from 'jose';
import type { TestClaims } from './support/issuer.js';

const AUDIENCE = 'chat';

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function critical(original: string): string {
  const [, payload, signature] = original.split('.');
  return `${encode({ alg: 'ES256', kid: 'first', crit: ['b64'], b64: false })}.${payload}.${signature}`;
}

describe('ChatKitAuthGuard with published keys', () => {
  const issuer = new TestIssuer();
  let running: RunningApp;
  let now: number;

  beforeEach(() => {
    now = Date.now();
  });

  beforeAll(async () => {
    now = Date.now();
    await issuer.start();
    running = await startAuthApp(options());
  });

  afterAll(async () => {
    await running.app.close();
    await issuer.stop();
  });

  function options(change: Partial<AuthOptions> = {}): AuthOptions {
    return {
      issuer: issuer.url,
      audience: AUDIENCE,
      keys: { jwksUri: `${issuer.url}/jwks` },
      claims: { tenant: 'org_id', tenantName: 'org_name', roles: 'roles' },
      clockToleranceSeconds: 5,
      publicUrl: 'http://localhost:3000',
      allowedOrigins: [],
      clock: { now: () => now },
      ...change,
    };
  }

  function claims(change: TestClaims = {}): JWTPayload {
    const seconds = Math.floor(now / 1000);
    const base = { iss: issuer.url, aud: AUDIENCE, sub: 'user_1', org_id: 'org_1', exp: seconds + 60 };
    return JSON.parse(JSON.stringify({ ...base, ...change })) as JWTPayload;
  }

  async function token(change: TestClaims = {}): Promise<string> {
    const [key] = issuer.keys;
    if (key === undefined) throw new Error('the issuer has no key');
    return signToken(key, claims(change));
  }

  async function ask(bearer: string | undefined, headers: Record<string, string> = {}, app = running) {
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    const response = await fetch(`${app.url}/probe`, { headers: { ...authorization, ...headers } });
    const body = (await response.json()) as Record<string, unknown> & { error?: Record<string, string> };
    return { status: response.status, headers: response.headers, body };
  }

  async function localeFor(bearer: string, header: string): Promise<unknown> {
    return (await ask(bearer, { 'accept-language': header })).body['locale'];
  }

  it('builds the context from the token', async () => {
    const change = { org_name: 'One', roles: ['admin'], name: 'Ada', email: 'ada@one.example' };
    const { status, body } = await ask(await token(change), { 'accept-language': 'de-CH, en;q=0.5' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      tenantId: 'org_1',
      tenantName: 'One',
      userId: 'user_1',
      roles: ['admin'],
      locale: 'de-CH',
      user: { name: 'Ada', email: 'ada@one.example' },
      metadata: {},
      hasToken: true,
    });
    expect(JSON.stringify(body)).not.toContain('eyJ');
  });

  it('tells each of many members apart whose tokens come at the same moment', async () => {
    const members = Array.from({ length: 24 }, (_, at) => ({ sub: `user_${at}`, org_id: `org_${at}` }));
    // the first time the keys have to be fetched, and all wait for them
    const fresh = await startAuthApp(options());
    const tokens = await Promise.all(members.map((member) => token(member)));
    const seen = await Promise.all(tokens.map((bearer) => ask(bearer, {}, fresh)));
    await fresh.app.close();
    const told = seen.map(({ status, body }) => [status, body['tenantId'], body['userId']]);
    expect(told).toEqual(members.map(({ sub, org_id: tenant }) => [200, tenant, sub]));
  });

  it('takes RS256 as well as ES256', async () => {
    const rsa = await signingKey('rsa', 'RS256');
    issuer.keys = [...issuer.keys, rsa];
    expect((await ask(await signToken(rsa, claims()))).status).toBe(200);
  });

  it('asks for a token when none is sent', async () => {
    const { status, headers, body } = await ask(undefined);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="chatkit"');
    expect(body.error).toMatchObject({
      code: 'unauthorized',
      correlation_id: headers.get('x-correlation-id'),
    });
  });

  it.each<[string, () => string | Promise<string>]>([
    ['expired', () => token({ exp: Math.floor(now / 1000) - 6 })],
    ['without an expiry', () => token({ exp: undefined })],
    ['whose expiry is text', () => token({ exp: '9999999999' })],
    ['not valid yet', () => token({ nbf: Math.floor(now / 1000) + 60 })],
    ['of another issuer', () => token({ iss: 'http://elsewhere.example' })],
    ['for another audience', () => token({ aud: 'other' })],
    ['without an audience', () => token({ aud: undefined })],
    [
      'signed by somebody else under a known key id',
      async () => signToken(await signingKey('first'), claims()),
    ],
    ['signed with an unknown key', async () => signToken(await signingKey('unknown'), claims())],
    ['unsigned', () => `${encode({ alg: 'none' })}.${encode(claims())}.`],
    ['unsigned in capitals, with a signature', () => `${encode({ alg: 'NONE' })}.${encode(claims())}.AA`],
    ['with a critical extension', async () => critical(await token())],
    [
      'whose payload was changed',
      async () => (await token()).replace(/\.[^.]+\./, `.${encode(claims({ org_id: 'org_2' }))}.`),
    ],
    ['that is rubbish', () => 'rubbish'],
    ['with three rubbish parts', () => 'a.b.c'],
    ['that is empty', () => ''],
    ['that is enormous', () => `${'a'.repeat(12_000)}.${'b'.repeat(1_500)}.c`],
  ])('refuses a token %s', async (_what, make) => {
    const { status, headers, body } = await ask(await make());
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
    expect(body.error?.['code']).toBe('unauthorized');
  });

  it('takes tokens of the types it is told to take, and no others', async () => {
    const strict = await startAuthApp(options({ tokenTypes: ['at+jwt'] }));
    const ofType = async (header: object): Promise<number> => {
      const [key] = issuer.keys;
      if (key === undefined) throw new Error('the issuer has no key');
      return (await ask(await signToken(key, claims({ jti: JSON.stringify(header) }), header), {}, strict))
        .status;
    };
    for (const typ of ['at+jwt', 'AT+JWT', 'application/at+jwt']) expect(await ofType({ typ })).toBe(200);
    for (const header of [{}, { typ: 'JWT' }, { typ: 'id+jwt' }, { typ: '' }]) {
      expect(await ofType(header)).toBe(401);
    }
    await strict.app.close();
  });

  it('leaves a line of refused tokens, one a minute for each reason, and nothing of the tokens', async () => {
    const log = new CollectedLog();
    const fresh = await startAuthApp(options(), 0, (app) => app.useLogger(log));
    const expired = await token({ exp: Math.floor(now / 1000) - 60 });
    for (let time = 0; time < 100; time += 1) await ask(expired, {}, fresh);
    await ask('a.b.c', {}, fresh);
    await ask(await token({ org_id: undefined }), {}, fresh);
    const reasons = (): string[] =>
      log.of('warn').map((line) => /"reason":"([^"]*)"/.exec(line)?.[1] ?? line);
    expect(reasons()).toEqual([
      'The token has expired',
      'The token is malformed',
      'The token names no organisation',
    ]);
    now += 61_000;
    await ask(expired, {}, fresh);
    expect(log.of('warn').at(-1)).toContain('"unlogged":99');
    expect(log.lines.join('\n')).not.toMatch(/eyJ|a\.b\.c/);
    fresh.app.useLogger(false);
    await fresh.app.close();
  });

  it('refuses a token signed with the public key as if it were a secret', async () => {
    const rsa = await signingKey('confused', 'RS256');
    issuer.keys = [...issuer.keys, rsa];
    const input = `${encode({ alg: 'HS256', kid: 'confused' })}.${encode(claims())}`;
    const signature = createHmac('sha256', rsa.spki).update(input).digest('base64url');
    expect((await ask(`${input}.${signature}`)).status).toBe(401);
  });

  it('forgives the difference of clocks it was told to forgive', async () => {
    expect((await ask(await token({ exp: Math.floor(now / 1000) - 3 }))).status).toBe(200);
    expect((await ask(await token({ nbf: Math.floor(now / 1000) + 4 }))).status).toBe(200);
  });

  it('refuses a token it has accepted before once that has expired', async () => {
    const bearer = await token();
    expect((await ask(bearer)).status).toBe(200);
    expect((await ask(bearer)).status).toBe(200);
    now += 66_000;
    expect((await ask(bearer)).status).toBe(401);
  });

  it.each<[string, TestClaims]>([
    ['no organisation', { org_id: undefined }],
    ['an empty organisation', { org_id: ' ' }],
    ['an organisation that is no text', { org_id: 7 }],
    ['an organisation with control characters', { org_id: 'a\u0000b' }],
    ['an endless organisation', { org_id: 'o'.repeat(256) }],
    ['no user', { sub: undefined }],
    ['a user with a line break', { sub: 'a\nb' }],
  ])('forbids a genuine token that names %s', async (_what, change) => {
    const { status, body } = await ask(await token(change));
    expect(status).toBe(403);
    expect(body.error?.['code']).toBe('forbidden');
  });

  it('takes X-User-ID in the form that a header can carry', async () => {
    const named = await token({ sub: 'auth|用户 1' });
    expect((await ask(named, { 'x-user-id': 'auth|%E7%94%A8%E6%88%B7%201' })).status).toBe(200);
    expect((await ask(named, { 'x-user-id': 'auth|%E7%94%A8%E6%88%B7%202' })).status).toBe(403);
  });

  it('lets X-User-ID agree with the token and forbids that it differs', async () => {
    expect((await ask(await token(), { 'x-user-id': 'user_1' })).status).toBe(200);
    const { status, body } = await ask(await token(), { 'x-user-id': 'user_2' });
    expect(status).toBe(403);
    expect(body.error?.['code']).toBe('forbidden');
  });

  it('falls back to the language of the token and then to English', async () => {
    expect(await localeFor(await token({ locale: 'pt_BR' }), '*')).toBe('pt-BR');
    expect(await localeFor(await token(), '!!, x;q=2')).toBe('en');
    expect(await localeFor(await token(), 'fr;q=0, en;q=0.1, it;q=0.9')).toBe('it');
  });

  it('keeps a harmless correlation id and replaces any other', async () => {
    const kept = await ask(await token(), { 'x-request-id': 'req-1:a' });
    expect(kept.headers.get('x-correlation-id')).toBe('req-1:a');
    expect(kept.body['correlationId']).toBe('req-1:a');
    const replaced = await ask(await token(), { 'x-correlation-id': 'a b<script>' });
    expect(replaced.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('opens what needs a role to those who have it', async () => {
    for (const [role, status] of [['admin', 200] as const, ['member', 403] as const]) {
      const headers = { authorization: `Bearer ${await token({ roles: [role] })}` };
      expect((await fetch(`${running.url}/probe/admin`, { headers })).status).toBe(status);
    }
  });

  it('follows a rotation of keys', async () => {
    const next = await signingKey('second');
    expect((await ask(await signToken(next, claims()))).status).toBe(401);
    now += 60_000;
    issuer.keys = [...issuer.keys, next];
    expect((await ask(await signToken(next, claims()))).status).toBe(200);
  });

  it('fetches the keys a bounded number of times however many unknown keys are tried', async () => {
    const stranger = await signingKey('stranger');
    const before = issuer.fetches;
    for (let attempt = 0; attempt < 30; attempt += 1) {
      await ask(await signToken(stranger, claims(), { kid: `stranger-${attempt}` }));
    }
    expect(issuer.fetches - before).toBeLessThanOrEqual(6);
  });

  it('finds the keys through the issuer when it is not told where they are', async () => {
    const discovering = await startAuthApp(options({ keys: {} }));
    expect((await ask(await token(), {}, discovering)).status).toBe(200);
    await discovering.app.close();
  });

  it('says that tokens cannot be verified while the keys cannot be had, and recovers', async () => {
    const fresh = await startAuthApp(options());
    issuer.failing = true;
    const { status, headers, body } = await ask(await token(), {}, fresh);
    expect(status).toBe(503);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.error?.['code']).toBe('auth_unavailable');
    issuer.failing = false;
    now += 2_000;
    expect((await ask(await token(), {}, fresh)).status).toBe(200);
    await fresh.app.close();
  });

  it('goes on with the keys it knows while their source is down', async () => {
    expect((await ask(await token())).status).toBe(200);
    now += 11 * 60_000;
    issuer.failing = true;
    expect((await ask(await token({ jti: 'another' }))).status).toBe(200);
    issuer.failing = false;
  });
});
