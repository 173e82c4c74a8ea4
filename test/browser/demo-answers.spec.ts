import { expect } from './expect.js';
import { ask, finished, log } from './member.js';
import { usePortal } from './portal.js';
import { tryOut, trying } from './try-page.js';

const portal = usePortal();

describe('A member who tries answers that are more than words', () => {
  it('gets a picture', async () => {
    const { page, complaints } = await trying(portal);
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
  });

  it('finds the sources of an answer, and goes there', async () => {
    const { page, complaints } = await trying(portal);
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
  });

  it('has a tool of their choice called', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'A tool of your choice');
    await log(page).getByText('The Quiet Garden').waitFor();
    await finished(page);
    await ask(page, 'The sea, and the garden');
    await log(page).getByText('You wrote: “The sea, and the garden”').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('is refused an answer', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'A refusal');
    await log(page).getByText('I refuse to answer this').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('finds a file in the composer, sends it, and the assistant has seen it', async () => {
    const { page, complaints } = await trying(portal);
    await tryOut(page, 'A file');
    await page.getByText('note.txt').first().waitFor();
    await page.getByRole('button', { name: 'Send message' }).click();
    await log(page).getByText('You attached:').waitFor();
    await log(page).getByText('A note to try attachments with.').waitFor();
    expect(complaints.all).toEqual([]);
  });
});
