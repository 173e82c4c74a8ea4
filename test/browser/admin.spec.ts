import type { Page } from 'playwright-core';
import { ScriptedModel, textOf } from '../../src/testing/index.js';
import { expect } from './expect.js';
import { admitConnections } from './admit-connections.js';
import { axeViolations } from './browser.js';
import { ask, finished, log } from './member.js';
import { useOwnPortal } from './portal.js';

const portal = useOwnPortal();

function administration(page: Page) {
  return page.getByRole('banner').getByRole('link', { name: 'Administration' });
}

async function openAdmin(page: Page, section = 'Usage'): Promise<void> {
  await administration(page).click();
  await page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor();
  await page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name: section }).click();
}

function text(name: string, content: string) {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(content) };
}

async function choose(page: Page, ...files: ReturnType<typeof text>[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await choosing).setFiles(files);
}

/** Number of rows in a table of the server. */
async function stored(table: string): Promise<unknown> {
  const [row] = await portal.database.query(`SELECT count(*)::int AS count FROM chatkit.${table}`);
  return row?.['count'];
}

const documents = (page: Page) => page.getByRole('list', { name: 'Documents' }).getByRole('listitem');
const upload = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Uploads' }).getByRole('listitem').filter({ hasText: name });

/** Gives the page that scheme, and resolves once its chat has it, too, which hears of it from the page. */
async function wears(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`openai-chatkit .chat[data-scheme="${colorScheme}"]`).waitFor();
}

describe('An administrator', () => {
  it('sees how many answers were given, and of whom', async () => {
    const { page, complaints } = await portal.member('user_ada');
    await ask(page, 'Who am I?');
    await finished(page);
    await expect.poll(() => stored('usage')).toBe(1);
    await openAdmin(page);
    const tile = page.locator('.tile').filter({ has: page.getByText('Answers', { exact: true }) });
    await expect(tile.locator('.tile-value')).toHaveText('1');
    const members = page.getByRole('region', { name: 'Most active members' });
    await members.getByText('Ada Lindqvist').waitFor();
    await page.getByRole('img', { name: /^Chart: Answers per day/ }).waitFor();
    await page.getByRole('region', { name: 'Models' }).getByText('Show the figures').click();
    await page.getByRole('rowheader', { name: /^offline/ }).waitFor();

    await page.getByRole('radio', { name: '7 days' }).check();
    await page.getByText('with the 7 days before').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('reads what members think of answers, and not what was said', async () => {
    const ben = await portal.member('user_ben');
    await ask(ben.page, 'Something only Ben should know');
    await finished(ben.page);
    await ben.page.getByRole('button', { name: 'Bad response' }).click();
    await expect.poll(() => stored('feedback')).toBe(1);
    const { page, complaints } = await portal.member('user_ada');
    await openAdmin(page, 'Feedback');
    const opinions = page.getByRole('region', { name: 'Opinions' });
    await opinions.getByText('Ben Okafor').waitFor();
    await page.getByRole('heading', { name: '0% positive' }).waitFor();
    await expect(page.getByRole('main')).not.toContainText('only Ben');
    await page.getByRole('radio', { name: 'Positive' }).check();
    await opinions.getByText('No positive opinions').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('adds documents, from which the assistant answers, and is told which could not be added', async () => {
    const { page, complaints } = await portal.member('user_ada');
    await openAdmin(page, 'Documents');
    await page.getByText('No documents yet').waitFor();
    await choose(
      page,
      text('parking.md', '# Parking at the library\n\nParking costs two euros an hour in the yard.'),
      text('empty.txt', ' '),
    );
    await upload(page, 'parking.md').getByText('Added').waitFor();
    await upload(page, 'empty.txt').getByText('Not added').waitFor();
    await upload(page, 'empty.txt').getByText('the document holds no text').waitFor();
    await documents(page).filter({ hasText: 'Parking at the library' }).waitFor();

    await ask(page, 'What does parking cost?');
    await log(page).getByText('two euros').waitFor();
    await finished(page);
    await log(page).locator('summary', { hasText: 'Sources' }).click();
    await log(page).getByText('parking.md').filter({ visible: true }).first().waitFor();

    await page.getByRole('searchbox').fill('nothing of that name');
    await page.getByText('No document has that in its name').waitFor();
    await page.getByRole('searchbox').fill('PARKING');
    await documents(page).filter({ hasText: 'Parking at the library' }).waitFor();
    // the browser says itself that the upload was refused
    expect(complaints.all.filter((entry) => !entry.includes('400'))).toEqual([]);
  });

  it('reads who did what, also who was refused, and can ask for one action alone', async () => {
    const ben = await portal.member('user_ben');
    const refused = await ben.page.request.delete(`${portal.url}/chatkit/admin/documents/doc_1`, {
      headers: { origin: portal.url },
    });
    expect(refused.status()).toBe(403);
    const { page, complaints } = await portal.member('user_ada');
    await openAdmin(page, 'Audit log');
    const log = page.getByRole('list', { name: 'Audit log' }).getByRole('listitem');
    const attempt = log.filter({ hasText: 'Refused' }).filter({ hasText: 'by Ben Okafor, doc_1' });
    await attempt.getByText('Deleted a document').waitFor();
    await log.filter({ hasText: 'Done' }).filter({ hasText: 'Added a document' }).first().waitFor();
    const tops = [page.locator('.filters legend'), page.locator('.filter')].map((label) =>
      label.boundingBox(),
    );
    const [period, action] = await Promise.all(tops);
    expect(action?.y).toBeCloseTo(period?.y ?? 0, 0);
    await page.getByRole('combobox', { name: 'Action' }).selectOption('Added a document');
    await expect(attempt).toHaveCount(0);
    await log.filter({ hasText: 'by Ada Lindqvist, doc_' }).first().waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('drops a file, and deletes a document with the keyboard alone', async () => {
    const { page, complaints } = await portal.member('user_clara');
    await administration(page).focus();
    await page.keyboard.press('Enter');
    const tabs = page.getByRole('navigation', { name: 'Administration' });
    await tabs.getByRole('link', { name: 'Usage' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('No documents yet').waitFor();
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['Bring your card.'], 'dropped.txt', { type: 'text/plain' }));
      const init = { bubbles: true, cancelable: true, dataTransfer };
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', init));
    })()`);
    const remove = page.getByRole('button', { name: 'Delete dropped' });
    await remove.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Delete “dropped”?' });
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect(remove).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('No documents yet').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('has nothing that axe objects to, light and dark', async () => {
    const { page, complaints } = await portal.member('user_ada', { colorScheme: 'light' });
    for (const [section, sign] of [
      ['Usage', 'Most active members'],
      ['Feedback', 'Opinions'],
      ['Documents', 'Parking at the library'],
      ['Assistant', 'of 8,000 characters'],
      ['Limits', 'Conversations'],
      ['Audit log', 'by Ada Lindqvist'],
    ] as const) {
      await openAdmin(page, section);
      await page.getByRole('main').getByText(sign).first().waitFor();
      expect([section, await axeViolations(page)]).toEqual([section, []]);
      await wears(page, 'dark');
      // but for its colours, the second is as the first
      expect([section, await axeViolations(page, ['color-contrast'])]).toEqual([section, []]);
      await wears(page, 'light');
    }
    expect(complaints.all).toEqual([]);
  });

  it('finds everything on a narrow screen, without moving the page sideways', async () => {
    const { page } = await portal.signedIn('user_ada', { viewport: { width: 320, height: 640 } });
    await page.getByRole('button', { name: 'Account: Ada Lindqvist' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Administration' }).click();
    for (const [section, sign] of [
      ['Usage', 'Most active members'],
      ['Feedback', 'Ben Okafor'],
      ['Documents', 'Parking at the library'],
      ['Assistant', 'of 8,000 characters'],
      ['Limits', 'Conversations'],
      ['Audit log', 'by Ada Lindqvist'],
    ] as const) {
      const tabs = page.getByRole('navigation', { name: 'Administration' });
      await tabs.getByRole('link', { name: section }).click();
      await page.getByRole('main').getByText(sign).first().waitFor();
      const width = () => page.evaluate('document.documentElement.scrollWidth');
      await expect.poll(width, { message: `the width of ${section}` }).toBe(320);
    }
  });
});

describe('What an administrator tells the assistant', () => {
  const model = new ScriptedModel({ '': textOf('As you wish.') });
  const own = useOwnPortal(async () => ({ model }));
  const told = () => model.requests.map(({ systemInstructions }) => systemInstructions ?? '').join('\n');

  it('is told to the model with the next question', async () => {
    const { page, complaints } = await own.member('user_ada');
    await openAdmin(page, 'Assistant');
    const field = page.getByRole('textbox', { name: 'Instructions' });
    await field.fill('x'.repeat(8001));
    await page.getByText('8,001 of 8,000 characters: too long').waitFor();
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await field.fill('Call everybody captain.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^Saved\. Last changed .* by Ada Lindqvist\.$/).waitFor();

    await ask(page, 'Hello');
    await log(page).getByText('As you wish.').waitFor();
    await expect.poll(told).toContain('Call everybody captain.');
    await page.reload();
    await page.getByText('Call everybody captain.').waitFor();
    expect(complaints.all).toEqual([]);
  });
});

describe('A member who is no administrator', () => {
  it('sees no way there, and the same as at any address that leads nowhere', async () => {
    const { page, complaints } = await portal.member('user_ben');
    await page.getByRole('heading', { name: 'Welcome back, Ben' }).waitFor();
    await expect(page.getByText('Administration')).toHaveCount(0);
    const visit = async (path: string): Promise<void> => {
      await page.goto(portal.url + path);
      await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
    };
    await visit('/articles/nowhere');
    const nowhere = await page.getByRole('main').innerText();
    await visit('/admin/documents');
    await expect.poll(() => page.getByRole('main').innerText()).toBe(nowhere);
    expect((await page.request.get(`${portal.url}/chatkit/admin/documents`)).status()).toBe(403);
    expect(complaints.all).toEqual([]);
  });
});

describe('The administrator of another organisation', () => {
  it('finds nothing of the first', async () => {
    const { page, complaints } = await portal.member('user_clara');
    await openAdmin(page);
    await page.getByText('No answers in these days').waitFor();
    for (const [section, sign] of [
      ['Feedback', 'No opinions yet'],
      ['Documents', 'No documents yet'],
    ] as const) {
      await openAdmin(page, section);
      await page.getByText(sign).waitFor();
    }
    expect(complaints.all).toEqual([]);
  });
});

describe('The administration while the chat database is away', () => {
  it('says so, and goes on by itself', async () => {
    const { page } = await portal.member('user_ada');
    await openAdmin(page, 'Documents');
    await documents(page).filter({ hasText: 'Parking at the library' }).waitFor();
    await admitConnections(portal.database, false);
    await page.reload();
    await page.getByText('The chat database is away').waitFor();
    await admitConnections(portal.database, true);
    await documents(page).filter({ hasText: 'Parking at the library' }).waitFor();
    await expect(page.getByText('The chat database is away')).toHaveCount(0);
  });
});
