import { StoreConfig } from './store.config.js';
import { ConfigError, loadConfig } from './validate.js';

function refused(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    loadConfig(StoreConfig, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ variable }) => variable);
    throw error;
  }
}

describe('StoreConfig', () => {
  it('takes the embedded database in development and none in production', () => {
    expect(loadConfig(StoreConfig, {}).source).toBe('embedded');
    expect(loadConfig(StoreConfig, { NODE_ENV: 'production' }).source).toBe('none');
  });

  it('runs the embedded database in production when asked, and nowhere when told not to', () => {
    const asked = { NODE_ENV: 'production', CHATKIT_DATABASE_EMBEDDED: 'true' };
    expect(loadConfig(StoreConfig, asked).source).toBe('embedded');
    expect(loadConfig(StoreConfig, { CHATKIT_DATABASE_EMBEDDED: 'false' }).source).toBe('none');
  });

  it('takes a database by URL and refuses anything else', () => {
    for (const url of ['postgres://u:p@h:5432/d', 'postgresql://h/d', 'postgres:///d?host=/run']) {
      expect(loadConfig(StoreConfig, { CHATKIT_DATABASE_URL: url }).source).toBe('url');
    }
    for (const url of ['mysql://h/d', 'h:5432', 'postgres://', 'postgres://h:port/d']) {
      expect(refused({ CHATKIT_DATABASE_URL: url })).toEqual(['CHATKIT_DATABASE_URL']);
    }
  });

  it('never shows the URL it refuses', () => {
    const env = { CHATKIT_DATABASE_URL: 'mysql://user:hunter2@host/db' };
    expect(() => loadConfig(StoreConfig, env)).toThrow(/^((?!hunter2)[^])*$/);
  });

  it('refuses schema names that would need quoting', () => {
    for (const name of ['Chat', 'chat"kit', '1chat', 'chat kit', 'a'.repeat(21)]) {
      expect(refused({ CHATKIT_DATABASE_SCHEMA: name })).toEqual(['CHATKIT_DATABASE_SCHEMA']);
    }
  });

  it('refuses limits that contradict each other', () => {
    expect(refused({ CHATKIT_POOL_MIN: '5', CHATKIT_POOL_MAX: '4' })).toEqual(['CHATKIT_POOL_MIN']);
    expect(refused({ CHATKIT_POOL_MAX: '0' })).toEqual(['CHATKIT_POOL_MAX']);
    expect(refused({ CHATKIT_LOCK_TIMEOUT: '20000' })).toEqual(['CHATKIT_LOCK_TIMEOUT']);
    expect(refused({ CHATKIT_ISOLATION: 'none' })).toEqual(['CHATKIT_ISOLATION']);
  });
});
