import { readAppConfig } from './app.config.js';

describe('The whole configuration', () => {
  it('names every variable that is wrong, of all its parts at once, and each only once', () => {
    const env = { PORT: '99999', CHATKIT_POOL_MIN: 'few', CHATKIT_HISTORY_MODE: 'none' };
    expect(() => readAppConfig(env)).toThrow(/PORT .*\n.*CHATKIT_POOL_MIN .*\n.*CHATKIT_HISTORY_MODE /);
    expect(() => readAppConfig(env)).not.toThrow(/PORT [^]*PORT /);
  });

  it('needs nothing at all in development', () => {
    expect(readAppConfig({ NODE_ENV: 'development' }).store.source).toBe('embedded');
  });

  it('disables chat in production where no database is named', () => {
    const auth = { AUTH_ISSUER: 'https://id.test', AUTH_AUDIENCE: 'chat' };
    expect(readAppConfig({ NODE_ENV: 'production', ...auth }).store.source).toBe('none');
  });
});
