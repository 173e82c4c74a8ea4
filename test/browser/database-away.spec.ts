import { expect } from './expect.js';
import { admitConnections } from './admit-connections.js';
import { useOwnPortal } from './portal.js';

const portal = useOwnPortal();

describe('The portal while the chat database is away', () => {
  it('says that chat is unavailable, and brings it back by itself with the conversation', async () => {
    const { page } = await portal.visitor();
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
