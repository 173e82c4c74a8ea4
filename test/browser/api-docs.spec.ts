import { expect } from './expect.js';
import { usePortal } from './portal.js';

const portal = usePortal();

describe('The page of the API', () => {
  it('shows the routes and asks them with the session, and keeps to its policy', async () => {
    const { page, complaints } = await portal.signedIn('user_ada');
    await page.goto(`${portal.url}/api/docs`);
    const route = page.locator('#operations-administrators-Organisation_read');
    await expect(route).toContainText('The instructions for the assistant');
    await route.getByRole('button').first().click();
    await route.getByRole('button', { name: 'Try it out' }).click();
    await route.getByRole('button', { name: 'Execute' }).click();
    await expect(route.locator('.live-responses-table')).toContainText('updated_at');
    expect(complaints.all).toEqual([]);
  });
});
