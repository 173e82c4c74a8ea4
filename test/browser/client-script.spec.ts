import { useClientPortal, type ClientVisit } from './client-portal.js';
import { expect } from './expect.js';
import { REACTS } from './harness/reacts.js';
import { log } from './member.js';

const CDN = 'https://cdn.platform.openai.com/deployments/chatkit/chatkit.js';
/** As the script of the CDN does, it defines the element some time after it was loaded. */
const LATE = `addEventListener('pointermove', () => customElements.define('openai-chatkit', class extends HTMLElement {
  setOptions() { this.textContent = 'The element of the CDN'; }
}), { once: true });`;

async function opened(visit: ClientVisit, path: string): Promise<void> {
  await visit.signIn(path);
  await visit.opener.click();
}

describe.each(REACTS)('The script of the element in a page of the React library, with %s', (_name, react) => {
  const portal = useClientPortal(react);

  it('is brought by the library where the page does not, once, under a strict policy', async () => {
    const visit = await portal.visit();
    const { page, complaints } = visit;
    await page.route(`${portal.url}/?script=*`, async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(/<script src="\/chatkit.js"[^>]*><\/script>/, '');
      await route.fulfill({ response, body });
    });
    await opened(visit, '/?script=/chatkit.js');
    await visit.ask('Who am I?');
    await log(page).getByText('Ada Lindqvist').waitFor();
    await expect(page.locator('script[src="/chatkit.js"]')).toHaveCount(1);
    expect(complaints.all).toEqual([]);
  });

  it('is waited for where it is that of the CDN, which takes its time', async () => {
    const visit = await portal.visit({ bypassCSP: true });
    const { page, panel } = visit;
    await page.route('**/chatkit.js', (route) => route.abort());
    await page.route(CDN, (route) => route.fulfill({ contentType: 'text/javascript', body: LATE }));
    const loaded = page.waitForEvent('requestfinished', (request) => request.url() === CDN);
    await opened(visit, `/?script=${encodeURIComponent(CDN)}`);
    await loaded;
    await panel.getByText('Loading the chat').waitFor();
    await page.mouse.move(5, 5);
    await panel.getByText('The element of the CDN').waitFor();
  });

  it('is said not to have come where it has not, and the page goes on', async () => {
    const visit = await portal.visit();
    const { page, panel, opener } = visit;
    await page.route('**/chatkit.js', (route) => route.abort());
    await opened(visit, '/?script=/chatkit.js');
    await panel.getByRole('alert').getByText('The chat could not be loaded').waitFor();
    await page.getByRole('button', { name: 'Close the chat' }).click();
    await opener.waitFor();
  });
});
