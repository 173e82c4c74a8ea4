import { expect } from './expect.js';
import { axeViolations } from './browser.js';
import { ask, finished, log, openHistory } from './member.js';
import { useOwnPortal, usePortal } from './portal.js';

const portal = usePortal();

describe('A member whose assistant writes for long', () => {
  // 20 seconds: a busy machine comes too late to stop what lasts as short as elsewhere
  const slow = useOwnPortal(async () => ({ env: { CHATKIT_OFFLINE_DELAY_MS: '20' } }));

  it('sees a long answer come in bit by bit and stops it; what was shown stays', async () => {
    const { page, complaints } = await slow.member('user_ada');
    await ask(page, 'Count to 1000');
    const stop = page.getByRole('button', { name: 'Stop response' });
    await stop.waitFor();
    const lengths = new Set<number>();
    await log(page).getByText('I am offline').waitFor();
    await expect
      .poll(async () => lengths.add((await log(page).innerText()).length).size, { intervals: [20] })
      .toBeGreaterThanOrEqual(5);

    await stop.click();
    await page.getByText('You stopped this response.').waitFor();
    await page.reload();
    await log(page).getByText('I am offline').waitFor();
    await expect(log(page)).not.toContainText('999');
    expect(complaints.all).toEqual([]);
  });
});

describe('A member in the portal', () => {
  it('asks about the page, watches the answer grow, and finds the conversation again', async () => {
    const { page, complaints } = await portal.member('user_ada');
    await page.getByText('Aurora Library').first().waitFor();
    await page.getByRole('link', { name: /Booking a reading room/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Booking a reading room' }).waitFor();

    await ask(page, 'Who am I, and what is this page about?');
    await log(page).getByText('I am offline').waitFor();
    await log(page).getByText('Ada Lindqvist').waitFor();
    await log(page).getByText('You are looking at').waitFor();
    await finished(page);
    await expect(log(page)).toContainText('Booking a reading room');

    await page.reload();
    await log(page).getByText('You are looking at').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('renames and deletes conversations in the history', async () => {
    const { page, complaints } = await portal.member('user_ben');
    await ask(page, 'Something to be renamed');
    await finished(page);
    await openHistory(page);
    await page.getByRole('button', { name: 'Rename Something to be renamed' }).click();
    const field = page.getByRole('textbox', { name: 'New title' });
    await field.fill('A better name');
    await field.press('Enter');
    await page.getByRole('button', { name: 'Rename A better name' }).waitFor();

    await page.reload();
    await openHistory(page);
    await page.getByRole('button', { name: 'Delete A better name' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Your conversations will appear here.').waitFor();
    expect(complaints.all).toEqual([]);
  });
});

describe('The portal and the chat in it', () => {
  it.each(['light', 'dark'] as const)('have nothing that axe objects to, %s', async (colorScheme) => {
    const { page, complaints } = await portal.member('user_ben', { colorScheme });
    await ask(page, 'Write a long answer');
    await finished(page);
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints.all).toEqual([]);
  });
});

describe('A member of another organisation', () => {
  it('finds nothing of the first', async () => {
    const ada = await portal.member('user_ada');
    await ask(ada.page, 'A secret of Aurora');
    await finished(ada.page);
    const threadUrl = ada.page.url();

    const clara = await portal.member('user_clara');
    await clara.page.getByText('Borealis Clinic').first().waitFor();
    await openHistory(clara.page);
    await clara.page.getByText('Your conversations will appear here.').waitFor();
    await expect(clara.page.locator('body')).not.toContainText('Aurora');
    expect([...ada.complaints.all, ...clara.complaints.all]).toEqual([]);

    await clara.page.goto(threadUrl);
    await clara.page.getByRole('textbox', { name: 'Message' }).waitFor();
    await openHistory(clara.page);
    await clara.page.getByText('Your conversations will appear here.').waitFor();
    await expect(clara.page.locator('body')).not.toContainText('A secret of Aurora');
  });
});
