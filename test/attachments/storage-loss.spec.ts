import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecordingModel } from '../agents/support/recording-model.js';
import { startAttachmentsApp, type AttachmentsApp } from './support/attachments-app.js';
import { NOTE, PNG, refusalOf, Uploader } from './support/uploader.js';

describe('while files cannot be had', () => {
  let app: AttachmentsApp;
  let anna: Uploader;

  beforeAll(async () => {
    app = await startAttachmentsApp({}, new RecordingModel());
    anna = await Uploader.of(app, { tenant: 'acme', user: 'anna' });
  });
  afterAll(() => app.close());

  async function health(): Promise<unknown> {
    const { details } = (await (await fetch(`${app.url}/health`)).json()) as {
      details: Record<string, unknown>;
    };
    return details['attachments'];
  }

  it('uploads and images are not available, answers go on, and health tells', async () => {
    const image = await anna.attach(PNG);
    const announced = await anna.announce(NOTE);
    expect(await health()).toEqual({ status: 'up', kind: 'folder' });
    const folder = join(app.directory, 'attachments', 'files');
    await rm(folder, { recursive: true });
    await writeFile(folder, 'no folder any more');

    const refusal = {
      status: 503,
      code: 'chat_unavailable',
      message: 'Files are not available at the moment',
    };
    expect(await refusalOf(await anna.preview(image))).toEqual(refusal);
    expect(await refusalOf(await anna.direct(NOTE))).toEqual(refusal);
    expect(await refusalOf(await anna.upload(announced, NOTE))).toEqual(refusal);
    expect((await anna.send('What is it?', [image])).answer).toBe('Noted.');
    await expect(app.sweeper.sweep()).rejects.toThrow(refusal.message);
    expect(await health()).toMatchObject({
      status: 'degraded',
      kind: 'folder',
      lastError: { reason: 'ENOTDIR' },
    });

    await rm(folder);
    expect((await anna.upload(announced, NOTE)).status).toBe(200);
    expect((await anna.direct(NOTE)).status).toBe(200);
    expect(await health()).toEqual({ status: 'up', kind: 'folder' });
  });
});
