import { expect } from './expect.js';
import { useClientPortal, type ClientVisit } from './client-portal.js';
import { REACTS } from './harness/reacts.js';
import { log } from './member.js';

const QUESTION = 'Can you explain this from "Tides": The moon pulls the sea towards itself.';

describe.each(REACTS)('The button beside a selection, with %s', (_name, react) => {
  const portal = useClientPortal(react);
  let visit: ClientVisit;

  beforeEach(async () => {
    visit = await portal.visit();
  });

  it('opens the panel and asks about what was selected', async () => {
    const { page, asker, complaints } = visit;
    await visit.signIn();
    await visit.select('text');
    await asker.click();
    await log(page).getByText(QUESTION).first().waitFor();
    await expect(asker).toHaveCount(0);
    expect(complaints.all).toEqual([]);
  });

  it('asks once the chat is there, however long its script takes', async () => {
    const { page, panel, asker } = visit;
    const script = Promise.withResolvers<void>();
    await page.route('**/chatkit.js', async (route) => {
      await script.promise;
      await route.continue();
    });
    await visit.signIn();
    await visit.select('text');
    await asker.click();
    await panel.getByText('Loading the chat').waitFor();
    script.resolve();
    await log(page).getByText(QUESTION).first().waitFor();
  });

  it('is there for a selection that was made with the keyboard', async () => {
    const { page, asker } = visit;
    await visit.signIn();
    await page.locator('#text').click();
    await page.keyboard.press('ControlOrMeta+a');
    await asker.waitFor();
    await asker.focus();
    await page.keyboard.press('Enter');
    await log(page).getByText('Can you explain this from "Tides": Tides The moon').first().waitFor();
  });

  it('is there for a selection that was made with a finger', async () => {
    const visitor = await portal.visit({ hasTouch: true });
    const { page, asker } = visitor;
    await visitor.signIn();
    const text = page.locator('#text');
    const box = await text.boundingBox();
    if (box === null) throw new Error('the text is not shown');
    const touch = await page.context().newCDPSession(page);
    const touchPoints = [{ x: box.x + 10, y: box.y + 10 }];
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await text.evaluate((node) => node.ownerDocument.getSelection()?.selectAllChildren(node));
    await touch.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
    await asker.tap();
    await log(page).getByText(QUESTION).first().waitFor();
  });

  it('goes away on Escape and when the page scrolls', async () => {
    const { page, asker } = visit;
    await visit.signIn();
    await visit.select('text');
    await asker.waitFor();
    await page.keyboard.press('Escape');
    await asker.waitFor({ state: 'detached' });
    await visit.select('text');
    await asker.waitFor();
    await page.mouse.wheel(0, 100);
    await asker.waitFor({ state: 'detached' });
  });

  it('leaves alone what is written in a field', async () => {
    const { page, asker } = visit;
    await visit.signIn();
    await page.locator('#notes').click();
    await page.keyboard.press('ControlOrMeta+a');
    await expect.poll(() => page.evaluate('document.getSelection().toString()')).toBe('Mine alone');
    await page.evaluate('new Promise(requestAnimationFrame)');
    await expect(asker).toHaveCount(0);
  });
});
