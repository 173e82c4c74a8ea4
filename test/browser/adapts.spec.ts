import { expect } from './expect.js';
import { faint } from './harness/contrast.js';
import { useHarness } from './harness/harness.js';
import type { Chat } from './harness/harness.js';
import { added, answer, begun, change, item, showing, thread } from './harness/events.js';
import { EVERY_ITEM, FULL_THREAD, QUESTIONS } from './harness/samples.js';
import { OpenAnswers, answerJson } from './harness/scripted.js';

const harness = useHarness();

const ROOT = "document.querySelector('openai-chatkit').shadowRoot";

async function showEverything(chat: Chat): Promise<void> {
  await chat.call('setThreadId', 'thr_scripted');
  await chat.log.getByText('You are welcome').waitFor();
}

/** What is wider than its place, of the page and of everything in the chat that is not meant to scroll sideways. */
const TOO_WIDE = `[document.documentElement, ...${ROOT}.querySelectorAll('*')]
  .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1)
  .filter((box) => ['visible', 'auto', 'scroll'].includes(getComputedStyle(box).overflowX))
  .filter((box) => getComputedStyle(box).display !== 'inline' && !box.closest('pre, .table'))
  .map((box) => box.localName + '.' + box.className + ' ' + box.scrollWidth + ' > ' + box.clientWidth)`;

/** Controls smaller than 24 by 24 pixels, but for those that stand in a line of text. */
const TOO_SMALL = `[...${ROOT}.querySelectorAll('a, button, input, select, textarea, summary, [tabindex="0"]')]
  .filter((control) => control.checkVisibility() && !control.closest('p, .bubble') && !control.closest('.sr') && !control.disabled)
  .map((control) => ({ control, box: (control.closest('label') ?? control).getBoundingClientRect() }))
  .filter(({ box }) => box.width < 24 || box.height < 24)
  .map(({ control, box }) => control.outerHTML.slice(0, 90) + ' ' + box.width + 'x' + box.height)`;

const COMPOSER = { attachments: { enabled: true }, models: [{ id: 'small', label: 'Small' }] };
const OPTIONS = {
  api: { uploadStrategy: { type: 'two_phase' as const } },
  startScreen: {
    prompts: ['What is new today in the whole company?', 'Help'].map((text) => ({
      label: text,
      prompt: text,
    })),
  },
  threadItemActions: { feedback: true, retry: true },
  composer: COMPOSER,
};

describe('A chat that is 320 pixels wide', () => {
  // the height is that of a usual screen at 400 %
  it.each([568, 256])('and %i high scrolls in one direction only', async (height) => {
    const chat = await harness.open(OPTIONS, { width: 320, height });
    const fits = async (): Promise<void> => {
      await expect.poll(() => chat.page.evaluate(TOO_WIDE)).toEqual([]);
      await expect.poll(() => chat.page.evaluate(TOO_SMALL)).toEqual([]);
    };
    await chat.button('Help').waitFor();
    await fits();
    await answerJson(chat, 'threads.get_by_id', FULL_THREAD);
    await showEverything(chat);
    await fits();
    await expect(chat.input).toBeVisible();
    await expect.poll(async () => (await chat.log.boundingBox())?.height ?? 0).toBeGreaterThan(40);
    await answerJson(chat, 'threads.list', {
      data: [thread({ title: 'A long title '.repeat(12) })],
      has_more: false,
    });
    await chat.button('Conversation history').click();
    await chat.page.getByRole('button', { name: /^Delete A long/ }).waitFor();
    await fits();
    await chat.page.getByRole('button', { name: /^Delete A long/ }).click();
    await chat.page.getByRole('alertdialog').waitFor();
    await fits();
    await chat.button('Cancel').click();
    await expect(chat.page.getByRole('alertdialog')).toBeHidden();
    await chat.button('Close history').click();
    await expect(chat.page.getByRole('dialog')).toBeHidden();
    const data = [
      ...EVERY_ITEM,
      item('structured_input', { id: 'asked', status: 'pending', inputs: QUESTIONS }),
    ];
    await answerJson(chat, 'threads.get_by_id', thread({ items: { data, has_more: false } }));
    await chat.call('fetchUpdates');
    await chat.button('Send answers').waitFor();
    await chat.button('Send answers').scrollIntoViewIfNeeded();
    await fits();
    const lowest = async (): Promise<number> => {
      const last = await chat.button('Send answers').boundingBox();
      return (last?.y ?? height) + (last?.height ?? 0);
    };
    await expect.poll(lowest).toBeLessThanOrEqual(height);
  });
});

describe('Those who want no motion', () => {
  it('see none, while an answer is written and while a thread is loaded', async () => {
    const chat = await harness.open(OPTIONS);
    await chat.page.emulateMedia({ reducedMotion: 'reduce' });
    const moving = `${ROOT}.getAnimations().filter(({ playState, effect }) =>
      playState === 'running' && effect.getComputedTiming().duration > 1).length`;
    const open = await OpenAnswers.hold(chat, 'threads.create', 'threads.get_by_id');
    await chat.input.fill('Hi');
    await chat.input.press('Enter');
    const reply = await open.next();
    reply.send(...begun(reply.body));
    await chat.log.locator('.dots').waitFor();
    expect(await chat.page.evaluate(moving)).toBe(0);
    reply.send(added(answer('')), change('text_delta', { delta: 'Hm' }), {
      type: 'progress_update',
      text: 'Looking',
    });
    await chat.log.getByText('Looking').waitFor();
    expect(await chat.page.evaluate(moving)).toBe(0);
    void chat.call('setThreadId', 'thr_other').catch(() => undefined);
    await chat.page.getByText('Loading the conversation').waitFor();
    expect(await chat.page.evaluate(moving)).toBe(0);
    await chat.page.emulateMedia({ reducedMotion: 'no-preference' });
    await chat.holds(`${moving} > 0`);
    await open.close();
  });
});

describe('Those who choose their colours', () => {
  it('see what is pressed, what is picked, where focus is, and what is theirs', async () => {
    const chat = await harness.open(OPTIONS);
    await chat.page.emulateMedia({ forcedColors: 'active' });
    await chat.script(showing(answer('Hello')));
    await answerJson(chat, 'items.feedback', {});
    await chat.ask('Hi');
    await chat.button('Good response').click();
    await chat.page.locator('[aria-label="Good response"][aria-pressed="true"]').waitFor();
    const look = (name: string): Promise<string> =>
      chat.page.evaluate<string>(`(() => {
        const { borderTopWidth, outlineStyle } = getComputedStyle(${ROOT}.querySelector('[aria-label="${name}"]'));
        return borderTopWidth + ' ' + outlineStyle;
      })()`);
    await chat.button('Bad response').focus();
    await chat.page.keyboard.press('Shift+Tab');
    await expect.poll(() => look('Good response')).toBe('2px solid');
    await expect.poll(() => look('Bad response')).toBe('0px none');
    await expect(chat.log.locator('.bubble')).toHaveCSS('border-top-style', 'solid');
  });
});

describe('Colours that the page chooses', () => {
  let chat: Chat;

  beforeAll(async () => {
    chat = await harness.open(OPTIONS);
    await answerJson(chat, 'threads.get_by_id', FULL_THREAD);
  });

  it.each([
    ['a bright accent', { accent: { primary: '#ffe600', level: 3 } }],
    ['a dark accent', { accent: { primary: '#1a0050', level: 3 } }],
    ['an accent of middle grey', { accent: { primary: '#808080', level: 1 } }],
    ['a red accent', { accent: { primary: 'rgb(230 20 20)', level: 2 } }],
    ['a strong grayscale', { grayscale: { hue: 40, tint: 9, shade: 4 } }],
    ['a pale grayscale', { grayscale: { hue: 220, tint: 9, shade: -4 } }],
  ] as const)('keep their contrast: %s', async (_, color) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await chat.setOptions({ ...OPTIONS, theme: { colorScheme, color } });
      await chat.call('setThreadId', null);
      await chat.page.locator(`.chat[data-scheme="${colorScheme}"]`).waitFor();
      await chat.button('Help').waitFor();
      await chat.input.fill('Draft');
      await expect.poll(() => faint(chat.page)).toEqual([]);
      await showEverything(chat);
      await chat.input.focus();
      await expect.poll(() => faint(chat.page)).toEqual([]);
    }
    expect(await chat.objections()).toEqual([]);
  });
});
