import { AttachmentsConfig } from './attachments.config.js';
import { loadConfig } from './validate.js';

const SECRET = 'x'.repeat(32);
const load = (env: NodeJS.ProcessEnv): AttachmentsConfig => loadConfig(AttachmentsConfig, env);

describe('AttachmentsConfig', () => {
  it('serves in development without anything, and in production with a secret', () => {
    expect(load({}).enabled).toBe(true);
    expect(load({ NODE_ENV: 'production' }).enabled).toBe(false);
    expect(load({ NODE_ENV: 'production', CHATKIT_ATTACHMENTS_SECRET: SECRET }).enabled).toBe(true);
  });

  it('keeps files in a bucket when one is named', () => {
    expect(load({}).bucket).toBeUndefined();
    const env = { CHATKIT_ATTACHMENTS_BUCKET: 'files', AWS_REGION: 'eu-central-1' };
    expect(load(env).bucket).toMatchObject({ bucket: 'files', region: 'eu-central-1', pathStyle: false });
    expect(load(env).bucket?.credentials).toBeUndefined();
    const keys = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };
    expect(load({ ...env, ...keys }).bucket?.credentials).toEqual({
      accessKeyId: 'key',
      secretAccessKey: 'secret',
    });
  });

  it.each([
    [{ CHATKIT_ATTACHMENTS_SECRET: 'short' }, 'CHATKIT_ATTACHMENTS_SECRET must have at least 32 bytes'],
    [
      { CHATKIT_ATTACHMENTS_BUCKET: 'b', AWS_ACCESS_KEY_ID: 'key' },
      'AWS_SECRET_ACCESS_KEY must be set when AWS_ACCESS_KEY_ID is',
    ],
    [
      { CHATKIT_ATTACHMENTS_BUCKET: 'b', NODE_ENV: 'production' },
      'CHATKIT_ATTACHMENTS_SECRET must be set in production when CHATKIT_ATTACHMENTS_BUCKET is',
    ],
    [
      { CHATKIT_ATTACHMENTS_TYPES: 'image/png,images' },
      'CHATKIT_ATTACHMENTS_TYPES each value must be a media type',
    ],
    [
      { CHATKIT_ATTACHMENTS_PER_MESSAGE: '51' },
      'CHATKIT_ATTACHMENTS_PER_MESSAGE must not be greater than 50',
    ],
    [
      {
        NODE_ENV: 'production',
        CHATKIT_REPLICAS: '2',
        CHATKIT_ATTACHMENTS_SECRET: 's'.repeat(32),
      },
      'CHATKIT_ATTACHMENTS_BUCKET must be set when CHATKIT_REPLICAS is more than 1',
    ],
  ])('refuses %j', (env, message) => {
    expect(() => load(env)).toThrow(message);
  });

  it('takes a folder of several instances where they share it', () => {
    const production = { NODE_ENV: 'production', CHATKIT_ATTACHMENTS_SECRET: 's'.repeat(32) };
    expect(
      load({ ...production, CHATKIT_ATTACHMENTS_DIR_SHARED: 'true', CHATKIT_REPLICAS: '3' }).replicas,
    ).toBe(3);
  });
});
