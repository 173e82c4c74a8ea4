import { axeViolations } from './browser.js';
import { useClientPortal, type ClientVisit } from './client-portal.js';
import { expect } from './expect.js';
import { REACTS } from './harness/reacts.js';
import { finished, log } from './member.js';

describe.each(REACTS)('The panel of the React library, with %s', (_name, react) => {
  const portal = useClientPortal(react);
  let visit: ClientVisit;

  beforeEach(async () => {
    visit = await portal.visit();
  });

  it('asks who is not signed in to do so, and comes back to the same page', async () => {
    const { page, panel, opener } = visit;
    await page.goto(`${portal.url}/articles/tides?chapter=2`);
    await opener.click();
    await page.evaluate(`history.pushState({}, '', '/articles/tides?chapter=3')`);
    await panel.getByRole('link', { name: 'Sign in' }).click();
    await visit.chooseAccount();
    await expect(page).toHaveURL(`${portal.url}/articles/tides?chapter=3`);
  });

  it('opens the chat, and gives the focus back when it is closed', async () => {
    const { page, panel, opener, complaints } = visit;
    await visit.signIn();
    await opener.click();
    await visit.ask('Who am I?');
    await log(page).getByText('Ada Lindqvist').waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Close the chat' }).click();
    await panel.waitFor({ state: 'hidden' });
    await expect(opener).toBeFocused();
    await page.keyboard.press('Enter');
    await log(page).getByText('Ada Lindqvist').waitFor();
    expect(complaints.all).toEqual([]);
  });

  it('asks to sign in once more where the session has ended, and comes back to the same page', async () => {
    const { page, panel, opener, composer } = visit;
    await visit.signIn('/articles/tides?chapter=2');
    await opener.click();
    await composer.waitFor();
    await page.context().clearCookies();
    await visit.ask('Am I still here?');
    await panel.getByText('Sign in to use the chat.').waitFor();
    await composer.waitFor({ state: 'hidden' });
    expect(await axeViolations(page)).toEqual([]);
    await panel.getByRole('link', { name: 'Sign in' }).click();
    await visit.chooseAccount();
    await expect(page).toHaveURL(`${portal.url}/articles/tides?chapter=2`);
    await opener.click();
    await visit.ask('Who am I?');
    await log(page).getByText('Ada Lindqvist').waitFor();
  });

  it('goes on where somebody signs in elsewhere, with what was written', async () => {
    const { page, panel, opener, composer } = visit;
    await visit.signIn();
    await opener.click();
    await composer.waitFor();
    await page.context().clearCookies();
    await visit.ask('Who am I?');
    await panel.getByRole('link', { name: 'Sign in' }).waitFor();
    const other = await page.context().newPage();
    await other.goto(`${portal.url}/auth/login`);
    await other.locator('button[name="account"][value="user_ada"]').click();
    await other.getByRole('button', { name: 'Open the chat' }).waitFor();
    await other.close();
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    await composer.waitFor();
    await visit.ask('Who am I?');
    await log(page).getByText('Ada Lindqvist').waitFor();
  });

  it('says that chat is away, and shows it by itself when it is back', async () => {
    const { page, panel, opener, composer } = visit;
    let away = true;
    await page.route('**/health/ready', (route) =>
      away
        ? route.fulfill({ status: 503, json: { status: 'error', error: { chatkit: { state: 'down' } } } })
        : route.continue(),
    );
    await visit.signIn();
    await opener.click();
    await panel.getByText('The chat is unavailable').waitFor();
    away = false;
    await composer.waitFor();
  });

  it('keeps what was written while chat is away', async () => {
    const { page, panel, opener, composer } = visit;
    await visit.signIn();
    await opener.click();
    await visit.ask('Who am I?');
    await log(page).getByText('Ada Lindqvist').waitFor();
    await finished(page);
    await page.route('**/health/ready', (route) => route.fulfill({ status: 503, json: { status: 'error' } }));
    await page.route('**/chatkit', (route) =>
      route.fulfill({ status: 503, json: { error: { code: 'chat_unavailable', message: 'away' } } }),
    );
    await visit.ask('Are you there?');
    await panel.getByText('The chat is unavailable').waitFor();
    await composer.waitFor({ state: 'hidden' });
    await page.unrouteAll();
    await composer.waitFor();
    await log(page).getByText('Ada Lindqvist').waitFor();
  });
});
