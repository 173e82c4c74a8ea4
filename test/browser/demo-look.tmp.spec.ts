import { launchBrowser } from './browser.js';
import { memberOf, log } from './member.js';
import { startPortal } from './portal-app.js';

it('looks', async () => {
  const portal = await startPortal();
  const browser = await launchBrowser();
  const { page, complaints } = await memberOf(browser, portal.url, 'user_ada');
  await page.goto(`${portal.url}/try`);
  await page.getByRole('heading', { level: 1, name: 'What the assistant can do' }).waitFor();
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
  const titles = await page.locator('.demo-title').allTextContents();
  let at = 0;
  for (const title of titles) {
    at += 1;
    await page
      .locator('.demo', { has: page.getByText(title, { exact: true }) })
      .first()
      .click();
    await log(page).waitFor();
    await page.waitForTimeout(4500);
    await page.screenshot({
      path: `/tmp/demo-${String(at).padStart(2, '0')}-${title.replace(/\W/g, '')}.png`,
    });
  }
  console.log(complaints.all);
  await browser.close();
  await portal.close();
}, 300_000);
