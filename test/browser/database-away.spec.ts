import type { Browser } from 'playwright-core';
import { expect } from './expect.js';
import { admitConnections } from './admit-connections.js';
import { launchBrowser, openPage } from './browser.js';
import { startPortal, type OwnPortal } from './portal-app.js';

let portal: OwnPortal;
let browser: Browser;

beforeAll(async () => {
  portal = await startPortal();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

describe('The portal while the chat database is away', () => {
  it('says that chat is unavailable, and brings it back by itself with the conversation', async () => {
    const { page } = await openPage(await browser.newContext({ viewport: { width: 1360, height: 850 } }));
    await page.goto(portal.url);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.locator('button[name="account"][value="user_dan"]').click();
    const composer = page.getByRole('textbox', { name: 'Message' });
    await composer.fill('Hello before the outage');
    await composer.press('Enter');
    await page.getByRole('button', { name: 'Copy response' }).waitFor();

    const ready = async () => (await page.request.get(`${portal.url}/health/ready`)).status();
    await admitConnections(portal.database, false);
    await page.reload();
    await page.getByRole('heading', { name: 'Chat is unavailable' }).waitFor();
    await expect.poll(ready).toBe(503);

    await admitConnections(portal.database, true);
    await page.getByRole('log').getByText('Hello before the outage').waitFor();
    await expect.poll(ready).toBe(200);
  });
});
