import { graysOf, oklchHue } from './grays.js';
import type { Grayscale, Scheme } from './grays.js';

const SCHEMES: readonly Scheme[] = ['light', 'dark'];
const HUES = Array.from({ length: 24 }, (_, at) => at * 15);
const TINTS = Array.from({ length: 10 }, (_, at) => at);
const SHADES = Array.from({ length: 9 }, (_, at) => at - 4);

type Oklab = readonly [lightness: number, a: number, b: number];

function colours(scheme: Scheme, grayscale: Grayscale): ReadonlyMap<string, Oklab> {
  const hue = (oklchHue(grayscale.hue) * Math.PI) / 180;
  return new Map(
    graysOf(scheme, grayscale).map(([name, { lightness, chroma }]) => [
      name,
      [lightness, chroma * Math.cos(hue), chroma * Math.sin(hue)],
    ]),
  );
}

const shown = (value: number): number => Math.min(1, Math.max(0, value));

/** Linear light of red, green and blue, as far as a screen can show it. */
function linear([lightness, a, b]: Oklab): readonly [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    shown(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    shown(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    shown(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

function luminance(colour: Oklab): number {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Oklab, other: Oklab): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function mixed(top: Oklab, under: Oklab, share: number): Oklab {
  const at = (place: 0 | 1 | 2): number => top[place] * share + under[place] * (1 - share);
  return [at(0), at(1), at(2)];
}

/** Every gray of every hue, tint and shade. */
function* everyGrayscale(): Generator<readonly [Scheme, Grayscale, ReadonlyMap<string, Oklab>]> {
  for (const scheme of SCHEMES)
    for (const hue of HUES)
      for (const tint of TINTS)
        for (const shade of SHADES) {
          const grayscale = { hue, tint, shade };
          yield [scheme, grayscale, colours(scheme, grayscale)];
        }
}

const black: Oklab = [0, 0, 0];
const named = (all: ReadonlyMap<string, Oklab>, name: string): Oklab => all.get(name) ?? black;

/** The slate of a palette that pages beside the chat use, in OKLCH. */
const SLATE = { 50: [0.984, 0.003], 900: [0.208, 0.042], 800: [0.279, 0.041], 200: [0.929, 0.013] } as const;

describe('The grays', () => {
  it('take a hue as HSL has it', () => {
    // slate-900, #0f172a, has hue 222 in HSL and 265.8 in OKLCH
    expect(oklchHue(222)).toBeCloseTo(265.8, 0);
    expect(oklchHue(0)).toBeCloseTo(21, 0);
    expect(oklchHue(360)).toBeCloseTo(oklchHue(0), 6);
    const around = HUES.map((hue) => (oklchHue(hue) - oklchHue(0) + 360) % 360);
    expect(around).toEqual(around.toSorted((a, b) => a - b));
  });

  it('are slate at hue 220 and tint 6', () => {
    const light = new Map(graysOf('light', { hue: 220, tint: 6, shade: -4 }));
    const dark = new Map(graysOf('dark', { hue: 220, tint: 6, shade: -1 }));
    for (const [gray, [lightness, chroma]] of [
      [light.get('bg'), SLATE[50]],
      [light.get('ink'), SLATE[900]],
      [dark.get('bg'), SLATE[900]],
      [dark.get('fill'), SLATE[800]],
    ] as const) {
      expect(Math.abs((gray?.lightness ?? 9) - lightness)).toBeLessThan(0.02);
      expect(Math.abs((gray?.chroma ?? 9) - chroma)).toBeLessThan(0.006);
    }
  });

  it('have what is written stand out from everything behind it', () => {
    const faint: unknown[] = [];
    for (const [scheme, grayscale, all] of everyGrayscale())
      for (const ink of ['ink', 'ink-2', 'ink-3'])
        for (const surface of ['bg', 'raised', 'fill', 'fill-2']) {
          const ratio = contrast(named(all, ink), named(all, surface));
          if (ratio < 4.5) faint.push({ scheme, ...grayscale, ink, surface, ratio });
        }
    expect(faint).toEqual([]);
  });

  it('have words stand out from a bubble with any level of any accent', () => {
    const faint: unknown[] = [];
    const accents: readonly Oklab[] = [
      black,
      [1, 0, 0],
      [0.6, 0.2, 0.1],
      [0.45, -0.03, -0.31],
      [0.87, -0.23, 0.18],
    ];
    for (const [scheme, grayscale, all] of everyGrayscale())
      for (const accent of accents)
        for (const level of [0, 1, 2, 3]) {
          const bubble = mixed(accent, named(all, 'fill'), level * 0.04);
          const ratio = contrast(named(all, 'ink'), bubble);
          if (ratio < 4.5) faint.push({ scheme, ...grayscale, accent, level, ratio });
        }
    expect(faint).toEqual([]);
  });

  it('have more of the hue with each tint', () => {
    for (const scheme of SCHEMES)
      for (const name of ['fill', 'line', 'ink'] as const) {
        const chromas = TINTS.map(
          (tint) => new Map(graysOf(scheme, { hue: 40, tint, shade: 0 })).get(name)?.chroma ?? 9,
        );
        expect(chromas[0]).toBe(0);
        expect(chromas).toEqual([...new Set(chromas)].toSorted((a, b) => a - b));
        expect(chromas.at(-1)).toBeLessThan(0.07);
      }
  });

  it('get lighter with each shade', () => {
    for (const scheme of SCHEMES)
      for (const name of ['bg', 'fill', 'line'] as const) {
        const lights = SHADES.map(
          (shade) => new Map(graysOf(scheme, { hue: 40, tint: 3, shade })).get(name)?.lightness ?? 9,
        );
        expect(lights).toEqual(lights.toSorted((a, b) => a - b));
        expect(new Set(lights).size).toBe(scheme === 'light' && name === 'bg' ? 5 : 9);
        expect(Math.max(...lights)).toBeLessThanOrEqual(1);
      }
  });
});
