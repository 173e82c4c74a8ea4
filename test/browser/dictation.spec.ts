import { expect } from './expect.js';
import { useHarness } from './harness/harness.js';
import type { Chat, HarnessOptions } from './harness/harness.js';

const harness = useHarness();

const OPTIONS: HarnessOptions = { composer: { dictation: { enabled: true } } };

/**
 * Gives the page a microphone that hums, which the headless browser has none of; what records it is real.
 * Every track that it hands out is kept in `tracks`.
 */
const HUM = `
  window.tracks = [];
  navigator.mediaDevices.getUserMedia = async () => {
    const sound = new AudioContext();
    const out = sound.createMediaStreamDestination();
    const hum = new OscillatorNode(sound);
    hum.connect(out);
    hum.start();
    window.tracks.push(...out.stream.getTracks());
    return out.stream;
  };`;
const REFUSE = `navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException('Permission denied', 'NotAllowedError');
};`;
const NONE_LIVE =
  "window.tracks.length > 0 && window.tracks.every(({ readyState }) => readyState === 'ended')";

async function open(microphone = HUM): Promise<Chat> {
  const chat = await harness.open(OPTIONS);
  await chat.page.evaluate(microphone);
  return chat;
}

/** Has the server hear these words, whatever is said. */
async function hearing(chat: Chat, text: string): Promise<void> {
  await chat.page.route('**/chatkit', (route) => {
    const { type } = route.request().postDataJSON() as { type: string };
    return type === 'input.transcribe' ? route.fulfill({ json: { text } }) : route.fallback();
  });
}

describe('Dictating', () => {
  it('records, shows it, and puts the words where the caret is without sending them', async () => {
    const chat = await open();
    await hearing(chat, 'three new books');
    await chat.input.fill('Order  please');
    for (let step = 0; step < ' please'.length; step += 1) await chat.page.keyboard.press('ArrowLeft');
    await chat.button('Dictate').click();
    await chat.page.getByRole('timer', { name: 'Recording time' }).waitFor();
    // a second that is over is not shown again, and a busy machine may miss it
    await chat.page.getByText(/^0:0*[1-9]/).waitFor();
    expect(await chat.objections()).toEqual([]);

    await chat.button('Insert what I said').click();
    await chat.button('Dictate').waitFor();
    await expect.poll(() => chat.input.innerText()).toBe('Order three new books please');
    const { params } = await chat.request('input.transcribe');
    expect(params['mime_type']).toBe('audio/webm;codecs=opus');
    const sound = Buffer.from(String(params['audio_base64']), 'base64');
    expect(sound.subarray(0, 4).toString('hex')).toBe('1a45dfa3');
    expect(chat.requests('threads.create')).toEqual([]);
    await chat.holds(NONE_LIVE);
    expect(await chat.objections()).toEqual([]);
  });

  it('can be cancelled with Escape: nothing is sent, the microphone is let go of, focus is in the text', async () => {
    const chat = await open();
    await chat.input.fill('Draft');
    await chat.button('Dictate').press('Enter');
    await chat.page.getByRole('timer').waitFor();
    await chat.page.keyboard.press('Escape');
    await chat.button('Dictate').waitFor();
    await chat.holds(NONE_LIVE);
    await expect(chat.input).toBeFocused();
    await chat.page.keyboard.type('!');
    await expect(chat.input).toHaveText('Draft!');
    expect(chat.requests('input.transcribe')).toEqual([]);
  });

  it('lets go of the microphone when the chat leaves the page', async () => {
    const chat = await open();
    await chat.button('Dictate').click();
    await chat.page.getByRole('timer').waitFor();
    await chat.page.evaluate("document.querySelector('openai-chatkit').remove()");
    await chat.holds(NONE_LIVE);
  });

  it('says so, and tells the page, when the server cannot write it down', async () => {
    const chat = await open();
    await chat.page.route('**/chatkit', (route) => {
      const { type } = route.request().postDataJSON() as { type: string };
      return type === 'input.transcribe' ? route.fulfill({ status: 500 }) : route.fallback();
    });
    await chat.button('Dictate').click();
    await chat.page.getByRole('timer').waitFor();
    await chat.button('Insert what I said').click();
    await chat.page.getByText('Your speech could not be written down.').waitFor();
    await chat.until(() => chat.events('onError').length === 1);
  });

  it('explains a microphone that is not allowed', async () => {
    const chat = await open(REFUSE);
    await chat.button('Dictate').click();
    await chat.page.getByText('The microphone is blocked.').waitFor();
    await expect.poll(() => chat.events('onError')).toHaveLength(1);
    expect(await chat.objections()).toEqual([]);
  });

  it('is not offered unless the options ask for it', async () => {
    const chat = await harness.open();
    await chat.input.waitFor();
    await expect(chat.button('Dictate')).toHaveCount(0);
  });
});
