import { expect } from './expect.js';
import { finished, log } from './member.js';
import { usePortal } from './portal.js';
import { tryOut, trying } from './try-page.js';

const portal = usePortal();

describe('A member who tries the widgets', () => {
  it('opens an entry of a list as a card', async () => {
    const { page, complaints } = await trying(portal, 'user_clara');
    await tryOut(page, 'A list');
    await finished(page);
    await log(page)
      .getByRole('button', { name: /Blood test/ })
      .click();
    await log(page).getByText('Laboratory, ground floor').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('presses its buttons: the page’s, the server’s, and that of both', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'A card with buttons');
    await finished(page);
    const press = (name: string) => log(page).getByRole('button', { name }).click();
    await press('Star');
    await log(page).getByRole('button', { name: 'Starred' }).waitFor();
    await press('Remind me');
    await page.getByText('This page will remind you.').waitFor();
    await log(page).getByText('Reminder set').waitFor();
    await log(page).getByText('You will be reminded').waitFor();
    await finished(page);
    await press('Read about it');
    await page.getByRole('heading', { level: 1, name: 'Booking a reading room' }).waitFor();
    await press('Cancel it');
    await log(page).getByText('Cancelled', { exact: true }).waitFor();
    await log(page).getByText('is cancelled').waitFor();

    await page.reload();
    await log(page).getByText('Cancelled', { exact: true }).waitFor();
    await expect(log(page).getByRole('button', { name: 'Cancel it' })).toHaveCount(0);
    expect(complaints.all).toEqual([]);
  });

  it('reads on a phone what a button opens, though the chat has covered the page', async () => {
    const { page, complaints } = await portal.signedIn('user_ben', { viewport: { width: 390, height: 800 } });
    await page.getByRole('link', { name: 'Try it' }).click();
    await tryOut(page, 'A card with buttons');
    await finished(page);
    await log(page).getByRole('button', { name: 'Read about it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Booking a reading room' }).waitFor();
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await log(page).getByText('Reading room Birch').first().waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('chooses, and the choice takes the place of the question', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'A choice');
    await finished(page);
    await log(page).getByRole('button', { name: 'Tuesday 15:00' }).click();
    await log(page).getByText('Chosen by you').waitFor();
    await log(page).getByText('See you on').waitFor();
    await expect(log(page).getByRole('button', { name: 'Tuesday 9:00' })).toHaveCount(0);
    expect(complaints.all).toEqual([]);
  });

  it('fills in a form', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'A form');
    await finished(page);
    await page.getByLabel('About').selectOption('My account');
    await page.getByRole('textbox', { name: 'Message' }).first().fill('I have moved.');
    await page.getByLabel('Answer me by email').check();
    await log(page).getByRole('button', { name: 'Send' }).click();
    await log(page).getByText('They will answer by email').waitFor();
    await log(page).getByText('I have moved.').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('reads a letter that is written while they look', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'A letter');
    await log(page).getByText('Dear friend').waitFor();
    await log(page).getByText('Yours, Ada Lindqvist').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('answers a question of the assistant, which goes on', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'Questions');
    await page.getByLabel('Wednesday').check();
    await page.getByRole('button', { name: 'Send answers' }).click();
    await log(page).getByText('You answered:').waitFor();
    await log(page).getByText('Which day suits you?: Wednesday').waitFor();
    expect(complaints.all).toEqual([]);
  });
});
