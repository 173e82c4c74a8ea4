import { expect } from './expect.js';
import { ask, finished } from './member.js';
import { useOwnPortal } from './portal.js';

const portal = useOwnPortal(async () => ({
  env: {
    CHATKIT_LIMIT_USER_REQUESTS: '6000',
    CHATKIT_LIMIT_USER_THREADS: '4',
    CHATKIT_LIMIT_TENANT_THREADS: '2000',
    CHATKIT_LIMIT_TENANT_TOKENS_MONTH: '5000000',
    CHATKIT_LIMIT_TENANT_FILE_BYTES: '2500000000',
  },
}));

describe('The limits of an organisation', () => {
  it('are shown to its administrators, with what is used and left of each', async () => {
    const { page, complaints } = await portal.member('user_ada');
    await ask(page, 'Who am I?');
    await finished(page);
    await page.goto(`${portal.url}/admin/limits`);
    const row = (group: string, name: string) =>
      page
        .getByRole('list', { name: `Limits: ${group}` })
        .getByRole('listitem')
        .filter({ hasText: name });
    await expect(row('Each member', 'Conversations')).toContainText('1 of 4 used, 3 left');
    await expect(row('Organisation', 'Conversations')).toContainText('1 of 2,000 used, 1,999 left');
    await expect(row('Organisation', 'Files')).toContainText('0 bytes of 2.5 GB used, 2.5 GB left');
    await expect(row('Each member', 'Requests a minute')).toContainText(/\d+ of 6,000 used/);
    await expect(row('Organisation', 'Answers at the same time')).toContainText('0 used, no limit');
    await expect(row('Organisation', 'Tokens today')).toContainText(/^Tokens today[\d,]+ used, no limit$/);
    await expect(row('Organisation', 'Tokens this month')).toContainText('of 5,000,000 used');
    expect(complaints.all).toEqual([]);
  });

  it('tell a member who may keep no more what to do', async () => {
    const { page } = await portal.member('user_clara');
    for (const question of ['One?', 'Two?', 'Three?', 'Four?']) {
      await ask(page, question);
      await finished(page);
      await page.getByRole('button', { name: 'New conversation' }).click();
    }
    await ask(page, 'Five?');
    await page.getByText('No more conversations can be kept. Delete some first.').waitFor();
  });
});
