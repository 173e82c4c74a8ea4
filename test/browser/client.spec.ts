import type { Browser, Page } from 'playwright-core';
import { axeViolations, launchBrowser, openPage, type Complaints } from './browser.js';
import { buildHarness } from './harness/build.js';
import { log } from './member.js';
import { startPortal, type PortalApp } from './portal-app.js';

let portal: PortalApp;
let browser: Browser;
let page: Page;
let complaints: Complaints;

beforeAll(async () => {
  const webDirectory = await buildHarness({ page: 'test/browser/client-page', sources: ['web/client'] });
  portal = await startPortal({ webDirectory });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await portal?.close();
});

beforeEach(async () => {
  ({ page, complaints } = await openPage(
    await browser.newContext({ viewport: { width: 1000, height: 800 } }),
  ));
});

afterEach(() => page.context().close());

const panel = () => page.getByRole('complementary', { name: 'Chat' });
const opener = () => page.getByRole('button', { name: 'Open the chat' });
const asker = () => page.getByRole('button', { name: 'Ask about this' });

async function signedIn(path = '/'): Promise<void> {
  await page.goto(`${portal.url}/auth/login?return_to=${encodeURIComponent(path)}`);
  await page.locator('button[name="account"][value="user_ada"]').click();
  await opener().waitFor();
}

/** Selects as a mouse does: the pointer goes down, and up again. */
async function select(id: string): Promise<void> {
  await page.locator(`#${id}`).click({ clickCount: 3 });
}

describe('The panel of the React library', () => {
  it('asks who is not signed in to do so, and comes back to the same page', async () => {
    await page.goto(`${portal.url}/articles/tides?chapter=2`);
    await opener().click();
    await panel().getByRole('link', { name: 'Sign in' }).click();
    await page.locator('button[name="account"][value="user_ada"]').click();
    await opener().waitFor();
    expect(page.url()).toBe(`${portal.url}/articles/tides?chapter=2`);
  });

  it('opens the chat, and gives the focus back when it is closed', async () => {
    await signedIn();
    await opener().click();
    await page.getByRole('textbox', { name: 'Message' }).fill('Who am I?');
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
    await log(page).getByText('Ada Lindqvist').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close the chat' }).click();
    await panel().waitFor({ state: 'hidden' });
    expect(await opener().evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await log(page).getByText('Ada Lindqvist').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('says that chat is away, and shows it by itself when it is back', async () => {
    let away = true;
    await page.route('**/health/ready', (route) =>
      away
        ? route.fulfill({ status: 503, json: { status: 'error', error: { chatkit: { state: 'down' } } } })
        : route.continue(),
    );
    await signedIn();
    await opener().click();
    await panel().getByText('The chat is unavailable').waitFor();
    away = false;
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
  });
});

describe('The button beside a selection', () => {
  it('opens the panel and asks about what was selected', async () => {
    await signedIn();
    await select('text');
    await asker().click();
    await log(page)
      .getByText('Can you explain this from "Tides": The moon pulls the sea towards itself.')
      .first()
      .waitFor();
    expect(await asker().count()).toBe(0);
    expect(complaints.all).toEqual([]);
  });

  it('is there for a selection that was made with the keyboard', async () => {
    await signedIn();
    await page.locator('#text').click();
    await page.keyboard.press('ControlOrMeta+a');
    await asker().waitFor();
    await asker().focus();
    await page.keyboard.press('Enter');
    await log(page).getByText('Can you explain this from "Tides": Tides The moon').first().waitFor();
  });

  it('goes away on Escape and when the page scrolls', async () => {
    await signedIn();
    await select('text');
    await asker().waitFor();
    await page.keyboard.press('Escape');
    await asker().waitFor({ state: 'detached' });
    await select('text');
    await asker().waitFor();
    await page.evaluate(`window.dispatchEvent(new Event('scroll'))`);
    await asker().waitFor({ state: 'detached' });
  });

  it('leaves alone what is written in a field', async () => {
    await signedIn();
    await page.locator('#notes').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.evaluate('new Promise(requestAnimationFrame)');
    expect(await asker().count()).toBe(0);
  });
});
