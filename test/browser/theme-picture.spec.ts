import type { ThemeOption } from '@openai/chatkit';
import { PNG } from 'pngjs';
import { answer, done, replying } from './harness/events.js';
import { useHarness } from './harness/harness.js';

const harness = useHarness();

type Oklab = readonly [lightness: number, a: number, b: number];

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function oklab(red: number, green: number, blue: number): Oklab {
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

const hex = (value: string): Oklab => {
  const bytes = Buffer.from(value, 'hex');
  return oklab(bytes[0] ?? 0, bytes[1] ?? 0, bytes[2] ?? 0);
};
const distance = (one: Oklab, other: Oklab): number =>
  Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2]);

/** The cool gray of the pages that the samples show beside the chat, from white to black. */
const SLATE = 'ffffff f8fafc f1f5f9 e2e8f0 cbd5e1 94a3b8 64748b 475569 334155 1e293b 0f172a 020617'
  .split(' ')
  .map(hex);

/** How far a colour is from the line through all steps of slate. */
function fromSlate(colour: Oklab): number {
  const along = SLATE.slice(1).flatMap((dark, at) => {
    const light = SLATE[at] ?? dark;
    return [0, 0.25, 0.5, 0.75, 1].map((share): Oklab => [
      light[0] + (dark[0] - light[0]) * share,
      light[1] + (dark[1] - light[1]) * share,
      light[2] + (dark[2] - light[2]) * share,
    ]);
  });
  return Math.min(...along.map((step) => distance(step, colour)));
}

/** The colours of a picture, the most frequent first, each with its share of the picture. */
function coloursOf(picture: Buffer): readonly { readonly colour: Oklab; readonly share: number }[] {
  const { data, width, height } = PNG.sync.read(picture);
  const counts = new Map<string, number>();
  for (let at = 0; at < data.length; at += 4) {
    const key = data.subarray(at, at + 3).toString('hex');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .map(([key, count]) => ({ colour: hex(key), share: count / (width * height) }))
    .toSorted((a, b) => b.share - a.share);
}

/** The theme of the official samples. */
const sampleTheme = (colorScheme: 'light' | 'dark'): ThemeOption => ({
  colorScheme,
  color: {
    grayscale: { hue: 220, tint: 6, shade: colorScheme === 'dark' ? -1 : -4 },
    accent: { primary: colorScheme === 'dark' ? '#f1f5f9' : '#0f172a', level: 1 },
  },
  radius: 'round',
});

describe('The theme of the official samples', () => {
  it.each([
    ['light', 'f8fafc', '0f172a'],
    ['dark', '0f172a', 'f1f5f9'],
  ] as const)('looks like the slate of their pages, %s', async (colorScheme, surface, ink) => {
    const chat = await harness.open({ theme: sampleTheme(colorScheme) });
    const text = 'Your flight leaves at **nine**.\n\n> Gate 12\n\n| Seat | Row |\n|---|---|\n| A | 4 |';
    await chat.script(replying(done(answer(text))));
    await chat.ask('When does my flight leave?');
    await chat.log.getByText('Gate 12').waitFor();
    const colours = coloursOf(
      await chat.page.locator('openai-chatkit').screenshot({ animations: 'disabled' }),
    );
    // an eye tells two colours apart from about 0.02 on
    expect(distance(colours[0]?.colour ?? [9, 9, 9], hex(surface))).toBeLessThan(0.01);
    // rarer ones are at the edges of letters and corners
    const areas = colours.filter(({ share }) => share > 0.001);
    expect(areas.length).toBeGreaterThan(5);
    expect(areas.filter(({ colour }) => fromSlate(colour) > 0.015)).toEqual([]);
    const inked = colours.filter(({ colour }) => distance(colour, hex(ink)) < 0.04);
    expect(inked.reduce((sum, { share }) => sum + share, 0)).toBeGreaterThan(0.002);
  });
});
