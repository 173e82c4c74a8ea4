import { expect } from './expect.js';
import { axeViolations } from './browser.js';
import { ask, finished, log } from './member.js';
import { useOwnPortal, usePortal } from './portal.js';
import { tryOut, trying } from './try-page.js';

const portal = usePortal();

describe('A member who tries what takes its time', () => {
  // what it is doing is shown until it is done: a busy machine looks too late for what lasts as short as elsewhere
  const slow = useOwnPortal(async () => ({ env: { CHATKIT_OFFLINE_DELAY_MS: '60' } }));

  it('sees what the assistant is doing', async () => {
    const { page, complaints } = await trying(slow);
    await tryOut(page, 'Progress');
    await page.getByText(/^(Asking the front desk|Looking at the calendar|Checking for holidays)/).waitFor();
    await log(page).getByText('The library is open').waitFor();
    expect(complaints.all).toEqual([]);
  });
});

describe('A member who tries what the assistant can do', () => {
  it('sees what it has done', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'Steps');
    await log(page).getByText('Prepared the report').waitFor();
    await tryOut(page, 'Thoughts');
    await log(page).getByText('Thought for').waitFor();
    await tryOut(page, 'Notice');
    await page.getByText('On Saturday the portal is away from 7:00 to 9:00.', { exact: true }).waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('sees the page change at the word of the assistant', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'Colours');
    await page.locator('[data-accent="teal"]').waitFor();
    await tryOut(page, 'Highlight');
    await page.locator('main[data-highlight]').waitFor();
    await finished(page);
    expect(complaints.all).toEqual([]);
  });

  it('lets it read what they have selected', async () => {
    const { page, complaints } = await trying(portal);
    await page.locator('.lead').selectText();
    await tryOut(page, 'Selection');
    await log(page).getByText('Each card asks the assistant something').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('mentions an article, of which it is told, and opens it from the conversation', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'Mentions');
    await log(page).getByText('You mentioned:').waitFor();
    await log(page).getByText('Loan periods, renewals').waitFor();
    await finished(page);
    await log(page)
      .getByRole('button', { name: /How long you can keep/ })
      .first()
      .click();
    await page.getByRole('heading', { level: 1, name: 'How long you can keep what you borrow' }).waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('finds people of their organisation by @, and nobody else', async () => {
    const { page, complaints } = await trying(portal);
    const composer = page
      .getByRole('textbox', { name: 'Message' })
      .or(page.getByRole('combobox', { name: 'Message' }));
    await composer.click();
    await composer.pressSequentially('Who is @iris');
    await page.getByRole('option', { name: /Iris Halvorsen/ }).waitFor();
    await expect(page.getByRole('option')).toHaveCount(1);
    await composer.press('Enter');
    await composer.press('Enter');
    await log(page).getByText('Archivist').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('names a conversation, locks and closes it, and opens it again', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'A title');
    await page.getByRole('heading', { name: 'Plans for May' }).waitFor();
    const reopen = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Open it again' }).click();
      await log(page).getByText('It is open again.').waitFor();
    };
    await tryOut(page, 'Locked');
    await finished(page);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeDisabled();
    await reopen();
    await tryOut(page, 'Closed');
    await finished(page);
    await page.getByText('Everything has been said.', { exact: true }).last().waitFor();
    await expect(page.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
    await reopen();
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await ask(page, 'And now?');
    await log(page).getByText('You wrote: “And now?”').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('has nothing that axe objects to', async () => {
    const { page, complaints } = await trying(portal, 'user_dan');
    await tryOut(page, 'A card with buttons');
    await finished(page);
    expect(await axeViolations(page)).toEqual([]);
    expect(complaints.all).toEqual([]);
  });
});
