import { HttpConfig } from './http.config.js';
import { ConfigError, describeConfig, loadConfig } from './validate.js';

function refused(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(HttpConfig, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
}

describe('HttpConfig', () => {
  it('listens on port 3000, lets nobody in from other origins and cancels what nobody reads', () => {
    expect(loadConfig(HttpConfig, {})).toMatchObject({
      port: 3000,
      corsOrigins: [],
      disconnectPolicy: 'cancel',
      bodyLimit: 1_048_576,
      trustProxy: 0,
      production: false,
    });
  });

  it('listens on this computer alone in development, and on every address in production', () => {
    expect(loadConfig(HttpConfig, {}).listenHost).toBe('127.0.0.1');
    expect(loadConfig(HttpConfig, { NODE_ENV: 'production' }).listenHost).toBeUndefined();
    for (const NODE_ENV of ['development', 'production']) {
      expect(loadConfig(HttpConfig, { NODE_ENV, HOST: '10.0.0.1' }).listenHost).toBe('10.0.0.1');
    }
  });

  it('takes a list of origins', () => {
    const { corsOrigins } = loadConfig(HttpConfig, {
      CHATKIT_CORS_ORIGINS: 'https://a.example, http://localhost:5173',
    });
    expect(corsOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
  });

  it.each([
    '*',
    'null',
    'https://a.example/',
    'https://a.example/app',
    'ftp://a.example',
    'HTTPS://A.example',
  ])('refuses %s as an origin', (origin) => {
    expect(refused({ CHATKIT_CORS_ORIGINS: origin })).toEqual(['CHATKIT_CORS_ORIGINS']);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '80a'],
    ['HOST', 'http://localhost'],
    ['HOST', 'a b'],
    ['CHATKIT_MAX_CONNECTIONS', '0'],
    ['CHATKIT_MAX_REQUESTS_PER_USER', '0'],
    ['CHATKIT_MAX_BODY_BYTES', 'all'],
    ['CHATKIT_BODY_LIMIT', '10'],
    ['CHATKIT_DISCONNECT_POLICY', 'ignore'],
    ['CHATKIT_HEARTBEAT_MS', '0'],
    ['CHATKIT_MAX_STREAMS', '-1'],
    ['CHATKIT_TRUST_PROXY', 'yes'],
  ])('names %s when it is %s', (variable, value) => {
    expect(refused({ [variable]: value })).toEqual([variable]);
  });

  it('describes the names that users rely on', () => {
    const names = describeConfig(HttpConfig).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['PORT', 'NODE_ENV', 'CHATKIT_DISCONNECT_POLICY']));
  });
});
