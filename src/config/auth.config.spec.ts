import { AuthConfig } from './auth.config.js';
import { ConfigError, describeConfig, loadConfig } from './validate.js';

const SECRET = 's'.repeat(32);
const EXTERNAL = { AUTH_ISSUER: 'https://issuer.example', AUTH_AUDIENCE: 'chat' };

function refused(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(AuthConfig, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
}

describe('AuthConfig', () => {
  it('serves the development provider when nothing says where identities come from', () => {
    const env = { NODE_ENV: 'development', PORT: '4100', AUTH_TENANT_CLAIM: 'tid' };
    const config = loadConfig(AuthConfig, env);
    expect(config.embedded).toBe(true);
    expect(config.publicUrl).toBe('http://localhost:4100');
    expect(config.tenantClaim).toBe('tid');
  });

  it('refuses to start in production without an issuer and says what to set', () => {
    expect(() => loadConfig(AuthConfig, { NODE_ENV: 'production' })).toThrow(
      /AUTH_ISSUER .*AUTH_AUDIENCE.*AUTH_JWKS_URI or AUTH_JWT_SECRET/,
    );
  });

  it.each([undefined, 'test', 'production'])(
    'serves no development provider with NODE_ENV=%s where nobody asks for it',
    (NODE_ENV) => {
      expect(refused({ NODE_ENV })).toEqual(['AUTH_ISSUER']);
      const isProduction = NODE_ENV === 'production';
      for (const AUTH_DEV_PROVIDER of ['local', 'network']) {
        expect(refused({ NODE_ENV, AUTH_DEV_PROVIDER })).toEqual(isProduction ? ['AUTH_ISSUER'] : []);
      }
    },
  );

  it.each(['prod', 'staging', 'Production', 'dev'])('does not know NODE_ENV=%s', (NODE_ENV) => {
    expect(refused({ ...EXTERNAL, NODE_ENV })).toEqual(['NODE_ENV']);
  });

  it('takes public keys, a secret or discovery, but not two of them', () => {
    const jwks = { AUTH_JWKS_URI: 'http://localhost:9/jwks' };
    expect(refused(EXTERNAL)).toEqual([]);
    expect(refused({ ...EXTERNAL, ...jwks })).toEqual([]);
    expect(refused({ ...EXTERNAL, AUTH_JWT_SECRET: SECRET })).toEqual([]);
    expect(refused({ ...EXTERNAL, ...jwks, AUTH_JWT_SECRET: SECRET })).toEqual(['AUTH_JWT_SECRET']);
  });

  it('refuses a short secret without showing it', () => {
    const env = { ...EXTERNAL, AUTH_JWT_SECRET: 'hunter2' };
    expect(refused(env)).toEqual(['AUTH_JWT_SECRET']);
    expect(() => loadConfig(AuthConfig, env)).toThrow(/^((?!hunter2)[^])*$/);
  });

  it('names issuer and audience when only a secret is given', () => {
    expect(refused({ AUTH_JWT_SECRET: SECRET })).toEqual(['AUTH_ISSUER', 'AUTH_AUDIENCE']);
  });

  it('wants a session secret for the portal in production', () => {
    const env = { ...EXTERNAL, NODE_ENV: 'production', AUTH_CLIENT_ID: 'portal' };
    expect(refused(env)).toEqual(['AUTH_SESSION_SECRET']);
    expect(refused({ ...env, AUTH_SESSION_SECRET: SECRET })).toEqual([]);
  });

  it.each(['AUTH_ISSUER', 'AUTH_JWKS_URI', 'PUBLIC_URL'])(
    'wants %s to be encrypted in production',
    (name) => {
      const production = { ...EXTERNAL, NODE_ENV: 'production' };
      expect(refused({ ...production, [name]: 'http://id.example/x' })).toEqual([name]);
      expect(refused({ ...production, [name]: 'http://id.example/x', AUTH_ALLOW_HTTP: 'true' })).toEqual([]);
      for (const host of ['localhost:9000', '127.0.0.1', '[::1]:9000']) {
        expect(refused({ ...production, [name]: `http://${host}/x` })).toEqual([]);
      }
      for (const host of ['localhost.example', '127.0.0.1.example', '0.0.0.0']) {
        expect(refused({ ...production, [name]: `http://${host}/x` })).toEqual([name]);
      }
      expect(refused({ ...EXTERNAL, [name]: 'http://id.example/x' })).toEqual([]);
    },
  );

  it('looks at the type of access tokens alone', () => {
    const env = { ...EXTERNAL, AUTH_TOKEN_TYPES: 'at+jwt, JWT' };
    expect(loadConfig(AuthConfig, env).tokenTypes).toEqual(['at+jwt', 'JWT']);
    expect(refused({ ...env, AUTH_SESSION_TOKEN: 'id_token' })).toEqual(['AUTH_TOKEN_TYPES']);
    expect(refused({ ...EXTERNAL, AUTH_TOKEN_TYPES: 'a b' })).toEqual(['AUTH_TOKEN_TYPES']);
  });

  it('listens where the development provider can be asked at localhost', () => {
    const NODE_ENV = 'development';
    expect(refused({ NODE_ENV, HOST: '192.0.2.1' })).toEqual(['HOST']);
    for (const HOST of ['127.0.0.1', '::1', 'localhost', '0.0.0.0', '::'])
      expect(refused({ NODE_ENV, HOST })).toEqual([]);
    expect(refused({ ...EXTERNAL, HOST: '192.0.2.1' })).toEqual([]);
  });

  it('refuses addresses that are none', () => {
    expect(refused({ AUTH_ISSUER: 'nowhere', AUTH_AUDIENCE: 'chat' })).toEqual(['AUTH_ISSUER']);
    expect(refused({ ...EXTERNAL, PUBLIC_URL: 'https://host.example/app?a=b' })).toEqual(['PUBLIC_URL']);
  });

  it('takes a public address with a path, but for the development provider, which is at the root', () => {
    const PUBLIC_URL = 'https://host.example/app/';
    expect(refused({ NODE_ENV: 'development', PUBLIC_URL })).toEqual(['PUBLIC_URL']);
    const config = loadConfig(AuthConfig, { ...EXTERNAL, PUBLIC_URL });
    expect(config.publicUrl).toBe('https://host.example/app');
  });

  it('describes the names that users rely on', () => {
    const names = describeConfig(AuthConfig).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'AUTH_ISSUER',
        'AUTH_AUDIENCE',
        'AUTH_JWKS_URI',
        'AUTH_JWT_SECRET',
        'AUTH_TENANT_CLAIM',
        'PORT',
        'NODE_ENV',
      ]),
    );
  });
});
