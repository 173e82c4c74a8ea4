import { VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import { startAttachmentsApp, type AppSetup, type AttachmentsApp } from './support/attachments-app.js';
import { PNG, previewUrl, Uploader } from './support/uploader.js';

const ANNA = { tenant: 'acme', user: 'anna' };
const PREFIXED: AppSetup = { prepare: (app) => app.setGlobalPrefix('api'), path: '/api' };
const VERSIONED: AppSetup = {
  prepare: (app) =>
    app.setGlobalPrefix('api').enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
  path: '/api/v1',
};

/** Routes without a version of their own are of the default one, and take requests that name none. */
function headerVersioned(): AppSetup {
  return {
    prepare: (app) =>
      app.enableVersioning({
        type: VersioningType.HEADER,
        header: 'x-version',
        defaultVersion: VERSION_NEUTRAL,
      }),
  };
}

const ORIGIN = 'https://portal.example';

/** What a page of another origin is told that wants to send something there. */
async function preflight({ url }: AttachmentsApp, path: string, method: string): Promise<unknown> {
  const headers = { origin: ORIGIN, 'access-control-request-method': method };
  const answer = await fetch(`${url}/${path}`, { method: 'OPTIONS', headers });
  return [path, answer.status, answer.headers.get('access-control-allow-origin')];
}

/** Uploads an image by its links and looks at it, as pages of another origin may. @returns the link to the image */
async function show(env: NodeJS.ProcessEnv, place?: AppSetup): Promise<string> {
  const app = await startAttachmentsApp({ CHATKIT_CORS_ORIGINS: ORIGIN, ...env }, undefined, place);
  try {
    for (const [path, method] of [
      ['chatkit', 'POST'],
      ['attachments/atc_1', 'PUT'],
    ] as const) {
      expect(await preflight(app, path, method)).toEqual([path, 204, ORIGIN]);
    }
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
    ['the versions of a header', headerVersioned(), 'http://chat.example/'],
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
