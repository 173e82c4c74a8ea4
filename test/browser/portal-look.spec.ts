import { expect } from './expect.js';
import { ask, finished, log } from './member.js';
import { usePortal } from './portal.js';

const portal = usePortal();

describe('How the portal looks', () => {
  it('follows the system until the member chooses, and remembers the choice', async () => {
    const { page, complaints } = await portal.member('user_ada', { colorScheme: 'dark' });
    await page.locator('html[data-scheme="dark"]').waitFor();
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-scheme="light"]').waitFor();

    await page.getByRole('button', { name: 'Account: Ada Lindqvist' }).click();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await page.locator('html[data-scheme="dark"]').waitFor();
    await page.reload();
    await page.locator('html[data-scheme="dark"]').waitFor();
    await page.getByRole('button', { name: 'Account: Ada Lindqvist' }).click();
    await page.getByRole('radio', { name: 'System' }).check();
    await page.locator('html[data-scheme="light"]').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('has the chat beside the page or floating above it, as it was left, with the conversation', async () => {
    const { page, complaints } = await portal.member('user_ada');
    const chat = page.getByRole('complementary', { name: 'Chat' });
    const widthOf = async (): Promise<number> => (await page.getByRole('main').boundingBox())?.width ?? 0;
    await ask(page, 'Stay with me');
    await finished(page);
    const beside = await widthOf();
    await page.getByRole('button', { name: 'Account: Ada Lindqvist' }).click();
    await page.getByRole('radio', { name: 'Floating' }).check();
    await page.locator('.dock[data-place="floating"]').waitFor();
    await page.keyboard.press('Escape');
    await expect(log(page)).toContainText('Stay with me');
    await page.reload();
    await page.locator('.dock[data-place="floating"]').waitFor();
    await log(page).getByText('Stay with me').first().waitFor();
    await expect.poll(widthOf).toBeGreaterThan(beside);

    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await chat.waitFor({ state: 'hidden' });
    await page.reload();
    const opener = page.getByRole('button', { name: 'Ask a question' });
    await opener.click();
    await page.getByRole('button', { name: 'Sidebar right' }).click();
    await page.locator('.dock[data-place="docked"]').waitFor();
    await expect.poll(widthOf).toBe(beside);
    expect(complaints.all).toEqual([]);
  });

  it('offers to ask about an article and about what is selected in it', async () => {
    const { page, complaints } = await portal.member('user_dan');
    await page.getByRole('link', { name: /Preparing for your first visit/ }).click();
    await page.getByRole('button', { name: 'Ask about this page' }).click();
    await log(page).getByText('You are looking at').waitFor();
    await finished(page);
    const lead = page.locator('.article .lead');
    const asker = page.getByRole('button', { name: 'Ask about this', exact: true });
    // a page that has not come to rest yet takes the button away again, as any scrolling does
    await expect(async () => {
      await lead.selectText();
      await asker.click({ timeout: 1000 });
    }).toPass();
    await log(page).getByText('Can you explain this:').first().waitFor();
    await finished(page);
    expect(complaints.all).toEqual([]);
  });

  it('moves nothing sideways on the narrowest screen', async () => {
    const { page } = await portal.visitor({ viewport: { width: 320, height: 640 } });
    await page.goto(portal.url);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.locator('button[name="account"][value="user_ben"]').click();
    await page.getByRole('heading', { name: 'Welcome back, Ben' }).waitFor();
    for (const path of ['/', '/articles/borrowing', '/try', '/articles/nowhere']) {
      await page.goto(portal.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect
        .poll(() => page.evaluate('document.documentElement.scrollWidth'), { message: path })
        .toBe(320);
    }
  });
});
