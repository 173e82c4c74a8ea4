import type { Page } from 'playwright-core';
import { expect } from './expect.js';
import { ask, composerOf, counted, finished, log, openHistory, openNewest, signIn } from './member.js';
import { useOwnPortal, usePortal } from './portal.js';
import { PausingModel, seesItGrow } from './support/pausing-model.js';

const portal = usePortal();

const model = new PausingModel();
afterEach(() => model.goOn());
// a page on a busy machine takes long to come back
const slow = useOwnPortal(async () => ({ model, env: { CHATKIT_REJOIN_WITHIN_MS: '60000' } }));

/** Another tab of the same member, with the newest conversation. */
async function newestInOther(page: Page): Promise<Page> {
  const other = await page.context().newPage();
  await other.goto(slow.url);
  await composerOf(other).waitFor();
  await openNewest(other);
  await log(other).locator('.assistant').first().waitFor();
  return other;
}

describe('With two tabs', () => {
  it('one shows what the other has written, and what it has deleted is gone', async () => {
    const { page, complaints } = await portal.member('user_ada');
    const other = await page.context().newPage();
    await other.goto(portal.url);
    await composerOf(other).waitFor();
    await ask(page, 'Written in the first tab');
    await finished(page);
    await openHistory(other);
    await other.getByRole('button', { name: 'Delete Written in the first tab' }).click();
    await other.getByRole('button', { name: 'Delete', exact: true }).click();
    await other.getByText('Your conversations will appear here.').waitFor();

    await openHistory(page);
    await page.getByText('Your conversations will appear here.').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('an answer of one grows in the other, which can stop it; both then show what is kept', async () => {
    const { page, complaints } = await slow.member('user_ada');
    await ask(page, 'Count to 1000');
    await counted(page, 12);
    const other = await newestInOther(page);
    const grown = log(other).locator('.assistant');
    await counted(other, 12);
    const before = (await grown.innerText()).length;
    await expect.poll(async () => (await grown.innerText()).length).toBeGreaterThan(before);

    await other.getByRole('button', { name: 'Stop response' }).click();
    for (const tab of [page, other]) {
      await tab.getByRole('button', { name: 'Stop response' }).waitFor({ state: 'detached' });
      await tab.getByRole('button', { name: 'Copy response' }).waitFor();
    }
    await log(other).getByText('You stopped this response.').waitFor();
    const kept = await grown.innerText();
    expect(kept).not.toContain('999');
    await expect.poll(() => log(page).locator('.assistant').innerText()).toBe(kept);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(complaints.all).toEqual([]);
  });

  it('an answer goes on over a reload of its page, which sees it grow and become whole', async () => {
    const { page, complaints } = await slow.member('user_ada');
    model.pause();
    await ask(page, 'Count to 100');
    await counted(page, 12);
    await page.reload();
    await composerOf(page).waitFor();
    await openNewest(page);
    await seesItGrow(page, model);
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(complaints.all).toEqual([]);
  });

  it('a message in one ends what is answered in the other, which then shows both', async () => {
    const { page, complaints } = await slow.member('user_ada');
    await ask(page, 'Count to 3');
    await finished(page);
    const other = await newestInOther(page);
    await counted(other, 3);
    await ask(page, 'Count to 1000');
    await counted(page, 12);

    await ask(other, 'Count to 30');
    await finished(other);
    await expect(log(page).locator('.assistant')).toHaveCount(3);
    await expect(log(page).locator('.assistant').nth(1)).not.toContainText('999');
    await expect(log(page).locator('.assistant').last()).toContainText('29, 30');
    await expect(page.getByRole('alert')).toHaveCount(0);
    expect(complaints.all).toEqual([]);
  });

  it('the page follows when somebody else signs in', async () => {
    const { page } = await portal.member('user_ada');
    const other = await page.context().newPage();
    await other.goto(portal.url);
    await other.getByRole('button', { name: 'Account: Ada Lindqvist' }).click();
    await other.getByRole('button', { name: 'Sign out' }).click();
    await other.getByRole('link', { name: 'Sign in' }).waitFor();
    await signIn(other, portal.url, 'user_dan');

    await ask(page, 'Whose is this?');
    await page.getByText('Borealis Clinic').first().waitFor();
    await expect(page.locator('body')).not.toContainText('Aurora');
  });
});

describe('A session that has ended', () => {
  it('leads to the sign-in page, which says so and leads back', async () => {
    const { page } = await portal.member('user_ada');
    await page.getByRole('link', { name: /Booking a reading room/ }).click();
    await page.context().clearCookies();
    await ask(page, 'Still there?');
    await page.getByText('Your session has ended').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.locator('button[name="account"][value="user_ada"]').click();
    await page.getByRole('heading', { level: 1, name: 'Booking a reading room' }).waitFor();
  });
});

describe('With the keyboard alone', () => {
  it('focus stays in the history when a conversation is deleted', async () => {
    const { page, complaints } = await portal.member('user_ben');
    await ask(page, 'Soon gone');
    await finished(page);
    await page.getByRole('button', { name: 'Conversation history' }).press('Enter');
    await page.getByRole('button', { name: 'Delete Soon gone' }).press('Enter');
    await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter');
    await page.getByText('Your conversations will appear here.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(complaints.all).toEqual([]);
  });
});

describe('The composer', () => {
  it('says when a pasted text is too long to be kept whole', async () => {
    const { page, complaints } = await portal.member('user_ben');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate("navigator.clipboard.writeText('word '.repeat(30_000))");
    await composerOf(page).press('ControlOrMeta+v');
    await page.getByText('only the first 100,000 characters were kept').waitFor();
    await expect.poll(() => composerOf(page).innerText()).toHaveLength(100_000);
    expect(complaints.all).toEqual([]);
  });
});
