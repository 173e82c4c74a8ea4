import type { Page } from 'playwright-core';

interface Shown {
  readonly ratio: number;
  /** What stands out so little. */
  readonly text: string;
}

/** Runs in the page: what it draws as the browser draws it, so that every notation of a colour is understood. */
const MEASURE = `(() => {
  const root = document.querySelector('openai-chatkit').shadowRoot;
  for (const animation of root.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const read = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].map((value) => value / 255);
  };
  const over = (top, under) => under.map((value, at) => top[at] * top[3] + value * (1 - top[3]));
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(read(getComputedStyle(at).backgroundColor));
    return layers.reduceRight((under, top) => over(top, under), [1, 1, 1]);
  };
  const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ratio = (element, pseudo) => {
    const ground = behind(element);
    const front = over(read(getComputedStyle(element, pseudo).color), ground);
    const [low, high] = [luminance(front), luminance(ground)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const found = [];
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.data.trim();
    if (text === '' || !element?.checkVisibility() || element.closest('.sr, style, :disabled')) continue;
    found.push({ ratio: ratio(element), text });
  }
  for (const button of root.querySelectorAll('button:not(:disabled)'))
    found.push({ ratio: ratio(button), text: button.getAttribute('aria-label') ?? button.textContent });
  for (const input of root.querySelectorAll('.input'))
    found.push({ ratio: ratio(input, '::before'), text: 'placeholder' });
  return found;
})()`;

/** How much every text and every button of the chat stands out from what is behind it. */
async function contrasts(page: Page): Promise<readonly Shown[]> {
  return page.evaluate<readonly Shown[]>(MEASURE);
}

/** Least contrast of text of any size. */
const READABLE = 4.5;
/** Fewer texts than any chat shows. */
const FEWEST = 10;

/** What is harder to read than it may be. */
export async function faint(page: Page): Promise<readonly string[]> {
  const found = await contrasts(page);
  if (found.length <= FEWEST) return [`only ${found.length} texts`];
  return found
    .filter(({ ratio }) => ratio < READABLE)
    .map(({ ratio, text }) => `${text}: ${ratio.toFixed(2)}`);
}
