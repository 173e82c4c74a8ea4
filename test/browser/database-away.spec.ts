import { Client } from 'pg';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage } from './browser.js';
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

/** Lets nobody into the database, and throws out who is there; or lets them in again. */
async function admitConnections(admitted: boolean): Promise<void> {
  const client = new Client({ connectionString: process.env['TEST_DATABASE_URL'] });
  await client.connect();
  await client.query(`ALTER DATABASE ${portal.database.name} ALLOW_CONNECTIONS ${admitted}`);
  if (!admitted) {
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      portal.database.name,
    ]);
  }
  await client.end();
}

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

    await admitConnections(false);
    await page.reload();
    await page.getByRole('heading', { name: 'Chat is unavailable' }).waitFor();
    expect((await page.request.get(`${portal.url}/health/ready`)).status()).toBe(503);

    await admitConnections(true);
    await page.getByRole('log').getByText('Hello before the outage').waitFor({ timeout: 20_000 });
    expect((await page.request.get(`${portal.url}/health/ready`)).status()).toBe(200);
  });
});
