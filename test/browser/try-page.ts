import type { Page } from 'playwright-core';
import type { Member } from './member.js';
import type { Portal } from './portal.js';

/** A member on the page that shows what the assistant can do. */
export async function trying(portal: Portal, account = 'user_ada'): Promise<Member> {
  const member = await portal.member(account);
  await member.page.getByRole('link', { name: 'Try it' }).click();
  await member.page.getByRole('heading', { level: 1, name: 'What the assistant can do' }).waitFor();
  return member;
}

/** Presses the card of that title: the chat asks in a new conversation. */
export async function tryOut(page: Page, title: string): Promise<void> {
  await page.locator('.demo', { has: page.getByText(title, { exact: true }) }).click();
}
