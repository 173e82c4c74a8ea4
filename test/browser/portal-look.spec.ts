import type { Browser } from 'playwright-core';
import { expect } from './expect.js';
import { launchBrowser, openPage } from './browser.js';
import { ask, finished, log, memberOf, signIn } from './member.js';
import { startPortal, type PortalApp } from './portal-app.js';

let portal: PortalApp;
let browser: Browser;

beforeAll(async () => {
  portal = await startPortal();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

describe('How the portal looks', () => {
  it('follows the system until the member chooses, and remembers the choice', async () => {
    const context = await browser.newContext({ viewport: { width: 1360, height: 850 }, colorScheme: 'dark' });
    const { page, complaints } = await openPage(context);
    await signIn(page, portal.url, 'user_ada');
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
    await context.close();
  });

  it('has the chat beside the page or floating above it, as it was left, with the conversation', async () => {
    const { page, complaints, leave } = await memberOf(browser, portal.url, 'user_ada');
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
    await leave();
  });

  it('offers to ask about an article and about what is selected in it', async () => {
    const { page, complaints, leave } = await memberOf(browser, portal.url, 'user_dan');
    await page.getByRole('link', { name: /Preparing for your first visit/ }).click();
    await page.getByRole('button', { name: 'Ask about this page' }).click();
    await log(page).getByText('You are looking at').waitFor();
    await finished(page);
    const lead = page.locator('.article .lead');
    const asker = page.getByRole('button', { name: 'Ask about this', exact: true });
    // a page that has not come to rest yet takes the button away again, as any scrolling does
    await expect(async () => {
      await lead.selectText();
      await expect(asker).toBeVisible({ timeout: 1000 });
    }).toPass();
    await asker.click();
    await log(page).getByText('Can you explain this:').first().waitFor();
    await finished(page);
    expect(complaints.all).toEqual([]);
    await leave();
  });

  it('moves nothing sideways on the narrowest screen', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
    const { page } = await openPage(context);
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
    await context.close();
  });
});
