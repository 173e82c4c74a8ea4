import { fileURLToPath } from 'node:url';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';
import { BROWSER_FLAGS, chromiumPath } from '../chromium.js';
import { TODAY } from './sample-usage.js';

/** How large a picture is, and in which colours. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  /** Pixels of the picture for one of the page. Default 1. */
  readonly scale?: number;
}

// compiled to dist/scripts/screenshots
const IMAGES = fileURLToPath(new URL('../../../docs/images/', import.meta.url));

/** Chromium from its package, or the one that CHROMIUM_PATH names. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({ executablePath: await chromiumPath(), args: BROWSER_FLAGS, headless: true });
}

/** A page of that size in which a member is signed in, on the day that the pictures show. */
export async function pageOf(browser: Browser, url: string, account: string, frame: Frame): Promise<Page> {
  const { width, height, scheme = 'light', scale = 1 } = frame;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator(`button[name="account"][value="${account}"]`).click();
  await page.getByRole('heading', { level: 1, name: 'Welcome back' }).waitFor();
  await page.clock.setFixedTime(`${TODAY}T15:00:00Z`);
  return page;
}

/** Takes the picture and closes what it was taken of. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  await page.screenshot({ path: `${IMAGES}${name}.png`, caret: 'hide' });
  await page.context().close();
  process.stdout.write(`docs/images/${name}.png\n`);
}
