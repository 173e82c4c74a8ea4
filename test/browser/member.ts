import type { Browser, Locator, Page } from 'playwright-core';
import { openPage, type Complaints } from './browser.js';
import { signIn as signInto } from './sign-in.js';

/** A page with somebody signed in. */
export interface Member {
  readonly page: Page;
  readonly complaints: Complaints;
  readonly leave: () => Promise<void>;
}

export async function signIn(page: Page, url: string, account: string): Promise<void> {
  await signInto(page.context(), url, account);
  await page.goto(url);
  await page.getByRole('textbox', { name: 'Message' }).waitFor();
}

/** A browser of its own for the account, signed in and with the chat beside the page. */
export async function memberOf(browser: Browser, url: string, account: string): Promise<Member> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 850 } });
  const opened = await openPage(context);
  await signIn(opened.page, url, account);
  return { ...opened, leave: () => context.close() };
}

export async function ask(page: Page, question: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message' });
  await composer.fill(question);
  await composer.press('Enter');
}

export function log(page: Page): Locator {
  return page.getByRole('log');
}

export async function finished(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Copy response' }).last().waitFor();
  await page.getByRole('button', { name: 'Stop response' }).waitFor({ state: 'detached' });
}

export async function openHistory(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Conversation history' }).click();
  await page.getByRole('dialog', { name: 'Conversation history' }).waitFor();
}
