import type { Locator, Page } from 'playwright-core';
import { expect } from './expect.js';
import type { Complaints } from './browser.js';

/** A page with somebody signed in. */
export interface Member {
  readonly page: Page;
  readonly complaints: Complaints;
}

/** By the pages that a member sees. */
export async function signIn(page: Page, url: string, account: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator(`button[name="account"][value="${account}"]`).click();
  await composerOf(page).waitFor();
}

export function composerOf(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message' });
}

/** Sends the question as soon as nothing else is being answered. */
export async function ask(page: Page, question: string): Promise<void> {
  const composer = composerOf(page);
  await composer.fill(question);
  await expect(page.getByRole('button', { name: 'Send message' })).toBeEnabled();
  await composer.press('Enter');
}

export function log(page: Page): Locator {
  return page.getByRole('log');
}

/** Resolves when the newest question is answered: what can be done with an answer comes at its end. */
export async function finished(page: Page): Promise<void> {
  const newest = log(page).locator('.turn').last();
  await newest.getByRole('button', { name: 'Copy response' }).waitFor();
  await page.getByRole('button', { name: 'Stop response' }).waitFor({ state: 'detached' });
}

export async function openHistory(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Conversation history' }).click();
  await page.getByRole('dialog', { name: 'Conversation history' }).waitFor();
}

/** Opens the conversation that was used last. */
export async function openNewest(page: Page): Promise<void> {
  await openHistory(page);
  await page.getByRole('dialog').locator('.row-main').first().click();
}

/** Resolves once an answer has counted as far as that. */
export function counted(page: Page, number: number): Promise<void> {
  return log(page)
    .getByText(new RegExp(`\\b${number - 1}, ${number}\\b`))
    .waitFor();
}
