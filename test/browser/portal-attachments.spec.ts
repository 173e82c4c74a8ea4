import { ask, finished, log, openHistory } from './member.js';
import { usePortal } from './portal.js';
import { NOTE, PNG, type ClientFile } from '../attachments/support/uploader.js';

function chosen({ name, type, content }: ClientFile) {
  return { name, mimeType: type, buffer: Buffer.from(content) };
}

describe('files in the portal', () => {
  const portal = usePortal();

  it('reach the server, and are shown by it when the conversation is opened anew', async () => {
    const { page, complaints } = await portal.member('user_ada');
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach files' }).click();
    await (await choosing).setFiles([chosen(PNG), chosen(NOTE)]);
    for (const { name } of [PNG, NOTE]) await page.locator('.upload.ready', { hasText: name }).waitFor();
    await ask(page, 'What do I send?');
    await finished(page);
    await page.reload();
    await openHistory(page);
    await page.getByRole('dialog', { name: 'Conversation history' }).getByText('What do I send?').click();
    const shown = log(page).getByRole('button', { name: 'Enlarge dot.png' }).locator('img');
    await shown.waitFor();
    await page.waitForFunction(
      (image) => (image as { naturalWidth: number } | null)?.naturalWidth === 1,
      await shown.elementHandle(),
    );
    expect(await shown.getAttribute('src')).toMatch(
      /^http:\/\/localhost:\d+\/attachments\/atc_\w+\/preview\?token=/,
    );
    expect(complaints.all).toEqual([]);
  });
});
