import type { Page, Route } from 'playwright-core';
import { expect } from './expect.js';
import { answer, showing, thread } from './harness/events.js';
import { useHarness } from './harness/harness.js';
import type { Chat, HarnessOptions } from './harness/harness.js';
import { answerJson } from './harness/scripted.js';

const harness = useHarness();

const ROOT = "document.querySelector('openai-chatkit').shadowRoot";
const OPTIONS: HarnessOptions = {
  api: { uploadStrategy: { type: 'two_phase' } },
  composer: { attachments: { enabled: true } },
};

/** A red square of 4 by 4. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAEElEQVR4nGP4z8AARwzEcQCukw/x0F8jngAAAABJRU5ErkJggg==',
  'base64',
);
const picture = { name: 'square.png', mimeType: 'image/png', buffer: PNG };
const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Bring an umbrella.\n') };

async function pick(chat: Chat, ...files: (typeof notes)[]): Promise<void> {
  const choosing = chat.page.waitForEvent('filechooser');
  await chat.button('Attach files').click();
  await (await choosing).setFiles(files);
}

const tray = (chat: Chat) => chat.page.locator('.composer').getByRole('list', { name: 'Attachments' });
const ready = (chat: Chat, name: string) => tray(chat).locator('.upload.ready', { hasText: name }).waitFor();

interface TextFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Has the browser say, on the element that fits, what it says when the file is dragged, dropped or pasted. */
async function say(page: Page, event: string, selector: string, file: TextFile): Promise<void> {
  await page.evaluate(`(() => {
    const { name, type, text } = ${JSON.stringify(file)};
    const files = new DataTransfer();
    files.items.add(new File([text], name, { type }));
    const init = { bubbles: true, cancelable: true, composed: true, dataTransfer: files, clipboardData: files };
    const Kind = ${JSON.stringify(event)} === 'paste' ? ClipboardEvent : DragEvent;
    ${ROOT}.querySelector(${JSON.stringify(selector)}).dispatchEvent(new Kind(${JSON.stringify(event)}, init));
  })()`);
}

async function drop(page: Page, file: TextFile): Promise<void> {
  await say(page, 'dragenter', '.main', file);
  await page.getByText('Drop files here').waitFor();
  await say(page, 'drop', '.main', file);
}

describe('Files in the composer', () => {
  it('are uploaded, sent and shown, and are there again after a reload', async () => {
    const chat = await harness.open(OPTIONS);
    await pick(chat, picture, notes);
    await ready(chat, 'square.png');
    await ready(chat, 'notes.txt');
    await expect(tray(chat).locator('img')).toHaveAttribute('src', /^blob:/);
    // The uploads go through api.fetch as well.
    await expect
      .poll(() => chat.sent.filter(({ body }) => !body).map(({ signal }) => signal))
      .toEqual([true, true]);
    expect(await chat.objections()).toEqual([]);

    await chat.ask('What are these?');
    await tray(chat).waitFor({ state: 'detached' });
    const { params } = await chat.request('threads.create');
    expect((params['input'] as { attachments: string[] }).attachments).toHaveLength(2);

    await chat.reload({ ...OPTIONS, initialThread: chat.threadId });
    await chat.log.getByText('notes.txt').first().waitFor();
    const thumb = chat.log.getByRole('button', { name: 'Enlarge square.png' });
    await thumb.locator('img').waitFor();
    await chat.holds(`${ROOT}.querySelector('.thumb img').naturalWidth > 0`);
    expect(await chat.objections()).toEqual([]);

    await thumb.press('Enter');
    await chat.page.getByRole('dialog', { name: 'square.png' }).waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.page.keyboard.press('Escape');
    await chat.page.getByRole('dialog').waitFor({ state: 'detached' });
    await chat.holds(`${ROOT}.activeElement === ${ROOT}.querySelector('.thumb')`);
  });

  it('go up in one request where the strategy is the direct one', async () => {
    const uploadStrategy = { type: 'direct', uploadUrl: '/attachments' } as const;
    const chat = await harness.open({ ...OPTIONS, api: { uploadStrategy } });
    await pick(chat, notes);
    await ready(chat, 'notes.txt');
    expect(chat.requests('attachments.create')).toEqual([]);
    await chat.ask('Read this');
    await chat.reload({ ...OPTIONS, initialThread: chat.threadId });
    await chat.log.getByText('notes.txt').first().waitFor();
    expect(chat.complaints.all).toEqual([]);
  });

  it('carry no header of the chat on their way, and hold the message back until they are there', async () => {
    const chat = await harness.open(OPTIONS);
    const held = Promise.withResolvers<Route>();
    await chat.page.route(/attachments/, (route) => held.resolve(route));
    await pick(chat, notes);
    const route = await held.promise;
    await chat.input.fill('Read this');
    await expect(chat.button('Send message')).toBeDisabled();
    await tray(chat).getByRole('progressbar', { name: 'Uploading notes.txt' }).waitFor();
    const { 'chatkit-frame-instance-id': marked, 'content-type': type } = route.request().headers();
    expect(marked).toBeUndefined();
    expect(type).toMatch(/^multipart\/form-data; boundary=/);

    await route.continue();
    await ready(chat, 'notes.txt');
    await expect(chat.button('Send message')).toBeEnabled();
    expect(chat.complaints.all).toEqual([]);
  });

  it('can be removed, which deletes them, and focus is in the text', async () => {
    const chat = await harness.open(OPTIONS);
    await pick(chat, notes);
    await ready(chat, 'notes.txt');
    await chat.button('Remove notes.txt').press('Enter');
    await tray(chat).waitFor({ state: 'detached' });
    expect((await chat.request('attachments.delete')).params).toEqual({ attachment_id: expect.any(String) });
    await expect(chat.input).toBeFocused();
    await chat.page.keyboard.type('Never mind');
    await expect(chat.input).toHaveText('Never mind');
  });

  it('that fail say so and can be tried again', async () => {
    const chat = await harness.open(OPTIONS);
    let away = true;
    await chat.page.route(/attachments/, (route) =>
      away ? route.fulfill({ status: 503 }) : route.fallback(),
    );
    await pick(chat, notes);
    await tray(chat).getByText('Not uploaded.').waitFor();
    await chat.until(() => chat.events('onError').length === 1);
    away = false;
    await chat.button('Upload notes.txt again').click();
    await ready(chat, 'notes.txt');
  });

  it('that the server never takes show why, and are not tried again', async () => {
    const chat = await harness.open(OPTIONS);
    const error = { code: 'file_refused', message: 'This file is not accepted: it may be harmful' };
    await chat.page.route(/attachments/, (route) => route.fulfill({ status: 422, json: { error } }));
    await pick(chat, notes);
    await tray(chat).getByText(`Not uploaded. ${error.message}`).waitFor();
    await expect(chat.button('Remove notes.txt')).toBeVisible();
    await expect(chat.button('Upload notes.txt again')).toHaveCount(0);
  });

  it('come by drop anywhere on the chat and by paste into the text', async () => {
    const chat = await harness.open(OPTIONS);
    await drop(chat.page, { name: 'dropped.txt', type: 'text/plain', text: 'x' });
    await ready(chat, 'dropped.txt');
    await say(chat.page, 'paste', '.input', { name: 'pasted.txt', type: 'text/plain', text: 'x' });
    await ready(chat, 'pasted.txt');
    expect(chat.complaints.all).toEqual([]);
  });

  it('outside the limits are refused with a reason, before anything is sent', async () => {
    const attachments = {
      enabled: true,
      maxSize: { 'text/*': 4 },
      maxCount: 1,
      accept: { 'text/plain': ['.txt'] },
    };
    const chat = await harness.open({ ...OPTIONS, composer: { attachments } });
    await expect(chat.page.locator('.file-picker')).toHaveAttribute('accept', 'text/plain,.txt');
    await drop(chat.page, { name: 'film.mp4', type: 'video/mp4', text: 'x' });
    await chat.page.getByText('“film.mp4” is of a kind that cannot be sent here.').waitFor();
    await drop(chat.page, { name: 'notes.txt', type: 'text/plain', text: 'too long' });
    await chat.page.getByText('“notes.txt” is larger than 4 bytes.').waitFor();
    expect(await chat.objections()).toEqual([]);
    await chat.button('Dismiss').click();
    await chat.page.getByText('is larger than').waitFor({ state: 'detached' });
    expect(chat.requests('attachments.create')).toEqual([]);
  });

  it('stay with the draft of their thread', async () => {
    const chat = await harness.open(OPTIONS);
    await chat.script(showing(answer('Hello')));
    await answerJson(chat, 'threads.get_by_id', thread());
    await chat.ask('Hi');
    await pick(chat, notes);
    await ready(chat, 'notes.txt');
    await chat.call('setThreadId', null);
    await tray(chat).waitFor({ state: 'detached' });
    await chat.call('setThreadId', 'thr_scripted');
    await ready(chat, 'notes.txt');
  });
});

describe('Without', () => {
  it('attachments switched on, there is no button, and nothing takes what is dropped', async () => {
    const chat = await harness.open({ api: { uploadStrategy: { type: 'two_phase' } } });
    await chat.script(showing(answer('No')));
    const file = { name: 'dropped.txt', type: 'text/plain', text: 'x' };
    await say(chat.page, 'dragenter', '.main', file);
    await say(chat.page, 'drop', '.main', file);
    await chat.ask('Did you get it?');
    expect((await chat.request('threads.create')).params['input']).toMatchObject({ attachments: [] });
    expect(chat.requests('attachments.create')).toEqual([]);
    await expect(chat.button('Attach files')).toHaveCount(0);
  });

  it('an upload strategy, the button is disabled, and the page is told of a file that is dropped', async () => {
    const chat = await harness.open({ composer: { attachments: { enabled: true } } });
    await expect(chat.button('Attach files')).toBeDisabled();
    await drop(chat.page, { name: 'dropped.txt', type: 'text/plain', text: 'x' });
    await chat.until(() => chat.events('onError').length === 1);
  });
});
