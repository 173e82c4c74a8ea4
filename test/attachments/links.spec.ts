import { VersioningType } from '@nestjs/common';
import { startAttachmentsApp, type AppPlace } from './support/attachments-app.js';
import { PNG, previewUrl, Uploader } from './support/uploader.js';

const ANNA = { tenant: 'acme', user: 'anna' };
const PREFIXED: AppPlace = { prepare: (app) => app.setGlobalPrefix('api'), path: '/api' };
const VERSIONED: AppPlace = {
  prepare: (app) =>
    app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
  path: '/api/v1',
};

/** Uploads an image by its links and looks at it. @returns the link to the image */
async function show(env: NodeJS.ProcessEnv, place?: AppPlace): Promise<string> {
  const app = await startAttachmentsApp(env, undefined, place);
  try {
    const anna = await Uploader.of(app, ANNA);
    const { items } = await anna.send('What is this?', [await anna.attach(PNG)]);
    const [image] = items.flatMap((item) => (item.type === 'user_message' ? item.attachments : []));
    expect((await anna.preview(image)).status).toBe(200);
    return previewUrl(image).replace(/attachments.*/, '');
  } finally {
    await app.close();
  }
}

describe('The links of attachments', () => {
  it.each([
    ['a global prefix', PREFIXED, 'http://chat.example/api/'],
    ['a global prefix and a version', VERSIONED, 'http://chat.example/api/v1/'],
  ])('lead to the routes as they are mounted: %s', async (_what, place, expected) => {
    expect(await show({}, place)).toBe(expected);
  });

  it.each(['PUBLIC_URL', 'CHATKIT_ATTACHMENTS_URL'])('begin with the path that %s has', async (name) => {
    const address = 'http://chat.example/desk/chat';
    expect(await show({ [name]: address, PUBLIC_URL: address })).toBe(`${address}/`);
  });

  it('have a path only once that both the address and the routes begin with', async () => {
    const app = await startAttachmentsApp({ PUBLIC_URL: 'http://chat.example/api' }, undefined, VERSIONED);
    try {
      const anna = await Uploader.of(app, ANNA);
      const { upload_descriptor: upload } = await anna.announce(PNG);
      expect(upload?.url).toMatch(/^http:\/\/chat\.example\/api\/v1\/attachments\//);
    } finally {
      await app.close();
    }
  });
});
