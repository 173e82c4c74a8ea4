import type { Browser } from 'playwright-core';
import { expect } from './expect.js';
import { launchBrowser } from './browser.js';
import { ask, finished, log } from './member.js';
import { startPortal, type PortalApp } from './portal-app.js';
import { tryOut, trying } from './try-page.js';

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

describe('A member who tries answers that are more than words', () => {
  it('gets a picture', async () => {
    const { page, complaints, leave } = await trying(browser, portal.url);
    await tryOut(page, 'A picture');
    await finished(page);
    const picture = log(page).getByRole('img').first();
    await picture.waitFor();
    const width = await picture.evaluate(async (element: unknown) => {
      const image = element as { decode(): Promise<void>; readonly naturalWidth: number };
      await image.decode();
      return image.naturalWidth;
    });
    expect(width).toBe(512);
    expect(complaints.all).toEqual([]);
    await leave();
  });

  it('finds the sources of an answer, and goes there', async () => {
    const { page, complaints, leave } = await trying(browser, portal.url);
    await tryOut(page, 'Sources');
    await finished(page);
    await log(page).locator('summary', { hasText: 'Sources' }).click();
    await log(page).getByText('House rules').first().waitFor();
    await log(page)
      .getByRole('button', { name: /Booking a reading room/ })
      .last()
      .click();
    await page.getByRole('heading', { level: 1, name: 'Booking a reading room' }).waitFor();
    expect(complaints.all).toEqual([]);
    await leave();
  });

  it('has a tool of their choice called', async () => {
    const { page, complaints, leave } = await trying(browser, portal.url);
    await tryOut(page, 'A tool of your choice');
    await log(page).getByText('The Quiet Garden').waitFor();
    await finished(page);
    await ask(page, 'The sea, and the garden');
    await log(page).getByText('You wrote: “The sea, and the garden”').waitFor();
    expect(complaints.all).toEqual([]);
    await leave();
  });

  it('is refused an answer', async () => {
    const { page, complaints, leave } = await trying(browser, portal.url);
    await tryOut(page, 'A refusal');
    await log(page).getByText('I refuse to answer this').waitFor();
    expect(complaints.all).toEqual([]);
    await leave();
  });

  it('finds a file in the composer, sends it, and the assistant has seen it', async () => {
    const { page, complaints, leave } = await trying(browser, portal.url);
    await tryOut(page, 'A file');
    await page.getByText('note.txt').first().waitFor();
    await page.getByRole('button', { name: 'Send message' }).click();
    await log(page).getByText('You attached:').waitFor();
    await log(page).getByText('A note to try attachments with.').waitFor();
    expect(complaints.all).toEqual([]);
    await leave();
  });
});
