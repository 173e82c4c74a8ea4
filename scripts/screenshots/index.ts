import type { Browser, Page } from 'playwright-core';
import { openBrowser, pageOf, picture } from './camera.js';
import { HOLD, PicturedModel } from './pictured-model.js';
import { startPortal } from './portal.js';
import { addSampleUsage } from './sample-usage.js';

const FILM = 'Can I keep a film for longer than a week?';
const PREPARE = 'What do I need for my first visit?';

const ANSWERS = {
  [FILM]:
    'Films are lent for **one week**【1】, and a loan renews by itself **up to three times**, ' +
    'unless someone is waiting for it.\n\nSo, if nobody has reserved the film:\n\n' +
    '| Renewal | Due after |\n|---|---|\n| none | 1 week |\n| first | 2 weeks |\n| second | 3 weeks |\n| third | 4 weeks |\n\n' +
    `Two days before each due date the library ${HOLD}writes to you.`,
  [PREPARE]:
    'Bring three things:\n\n1. your **insurance card**\n2. a list of the **medicines** you take\n' +
    '3. earlier **findings**, if you have any\n\nCome fifteen minutes early: the front desk takes down your details【1】.',
  // what the tool of the card gives back
  'Reading room Birch':
    'You have the reading room on **Thursday at 10:00**. Shall I cancel it, or remind you an hour before?',
};

async function ask(page: Page, question: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Message' });
  await composer.fill(question);
  await composer.press('Enter');
}

async function answered(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Copy response' }).waitFor();
}

/** Takes the pictures of the README, one after the other. */
async function take(browser: Browser, model: PicturedModel, url: string): Promise<void> {
  const desk = { width: 1360, height: 850 };

  const hero = await pageOf(browser, url, 'user_ben', desk);
  await hero.getByRole('link', { name: /How long you can keep/ }).click();
  await ask(hero, FILM);
  await hero.getByText('Two days before each due date').waitFor();
  await picture(hero, 'portal');
  model.release();

  const dark = await pageOf(browser, url, 'user_clara', { ...desk, scheme: 'dark' });
  await ask(dark, PREPARE);
  await answered(dark);
  await picture(dark, 'portal-dark');

  const phone = await pageOf(browser, url, 'user_dan', { width: 390, height: 780, scale: 2 });
  await phone.getByRole('button', { name: 'Ask a question' }).click();
  await ask(phone, PREPARE);
  await answered(phone);
  await picture(phone, 'phone');

  const usage = await pageOf(browser, url, 'user_ada', { width: 1360, height: 1300 });
  await usage.getByRole('button', { name: 'Close', exact: true }).click();
  await usage.getByRole('banner').getByRole('link', { name: 'Administration' }).click();
  await usage.getByRole('img', { name: /^Chart: Models/ }).waitFor();
  await picture(usage, 'admin-usage');

  const widgets = await pageOf(browser, url, 'user_ada', desk);
  await widgets.getByRole('banner').getByRole('link', { name: 'Examples' }).click();
  await widgets.getByRole('button', { name: /^A card with buttons/ }).click();
  await answered(widgets);
  await picture(widgets, 'widgets');
}

const model = new PicturedModel(ANSWERS);
const portal = await startPortal(model);
const browser = await openBrowser();
try {
  await addSampleUsage(portal.app);
  await take(browser, model, portal.url);
} finally {
  await browser.close();
  await portal.close();
}
