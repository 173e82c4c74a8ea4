import * as fc from 'fast-check';
import { returnPath } from '../../src/auth/session/return-path.js';
import { create } from '../app/support/requests.js';
import { always, patience } from './support/runs.js';
import { START_MS, SturdyApp } from './support/sturdy-app.js';
import { tokens } from './support/tokens.js';
import { headerValue, jsonText, text } from './support/values.js';

const PATHS = [
  '/chatkit/admin/usage?from=2026-01-01&to=2026-01-02',
  '/chatkit/operator/tenants',
  '/auth/me',
  '/auth/session',
] as const;
const LIST = { type: 'threads.list', params: {} };

describe.each(['row', 'schema'])('Who somebody says to be, by %s,', (isolation) => {
  let server: SturdyApp;
  beforeAll(async () => {
    server = await SturdyApp.start(isolation);
  }, START_MS);
  afterAll(() => server?.close(), START_MS);

  it(
    'is believed only where the token is genuine, wherever it stands and whatever stands beside it',
    async () => {
      const beside = fc.dictionary(
        fc.constantFrom('origin', 'cookie', 'x-user-id', 'x-tenant-id', 'referer'),
        headerValue,
        {
          maxKeys: 2,
        },
      );
      const schemes = fc.constantFrom(
        'Bearer ',
        'Bearer ',
        'Bearer ',
        'bearer ',
        'Bearer  ',
        'Basic ',
        '',
        'DPoP ',
      );
      const inputs = fc.tuple(
        tokens,
        beside,
        schemes,
        fc.constantFrom(...PATHS, 'list', 'create'),
        fc.boolean(),
      );
      await always('tokens', inputs, async ([{ token, isGenuine }, others, scheme, path, inCookie]) => {
        const sent = inCookie
          ? { ...others, cookie: `chatkit_session=${token.slice(0, 4000)}` }
          : { ...others, authorization: `${scheme}${token}`.trim() };
        const asked = path.startsWith('/')
          ? ({ as: 'nobody', headers: sent } as const)
          : ({
              as: 'nobody',
              method: 'POST',
              headers: { 'content-type': 'application/json', ...sent },
              body: jsonText(path === 'list' ? LIST : create('Hello')),
            } as const);
        const { status, headers } = await server.ask(path.startsWith('/') ? path : '/chatkit', asked);
        const isBelieved = status < 400 && !path.startsWith('/auth/session');
        if (isBelieved && !(isGenuine && !inCookie))
          throw new Error(`${path} answers ${status} to a forged token`);
        if (headers.get('access-control-allow-origin') === others['origin'] && others['origin'] !== undefined)
          throw new Error('a foreign origin may read it');
      });
    },
    patience('tokens'),
  );

  it(
    'is led nowhere else after signing in',
    async () => {
      const origin = 'https://portal.test';
      const parts = fc.array(
        fc.oneof(
          text,
          fc.constantFrom(
            '/',
            '//',
            '\\',
            '..',
            '@',
            ':',
            '%2f',
            '\t',
            '\n',
            'evil.example',
            '?',
            '#',
            ';',
            '.',
          ),
        ),
        { maxLength: 6 },
      );
      await always('redirects', parts, (all) => {
        const path = returnPath(`/${all.join('')}`, origin);
        if (path !== undefined) expect(new URL(path, origin).origin).toBe(origin);
        expect(path?.startsWith('//') ?? false).toBe(false);
        return Promise.resolve();
      });
    },
    patience('redirects'),
  );

  it('harms nobody else', () => server.expectUnharmed(), START_MS);
});
