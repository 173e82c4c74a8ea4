export type Scheme = 'light' | 'dark';

export interface Grayscale {
  /** Degrees, as in HSL. */
  readonly hue: number;
  /** How much of the hue there is, 0 to 9. */
  readonly tint: number;
  /** How much darker (below 0) or lighter the surfaces are, -4 to 4. */
  readonly shade: number;
}

type SurfaceName = 'bg' | 'raised' | 'fill' | 'fill-2' | 'line' | 'line-2';
type InkName = 'ink' | 'ink-2' | 'ink-3';
type GrayName = SurfaceName | InkName;

export const DEFAULT_GRAYSCALE: Grayscale = { hue: 220, tint: 1, shade: 0 };

interface Steps {
  /** Lightness of what is behind and around, at shade 0. */
  readonly surfaces: Readonly<Record<SurfaceName, number>>;
  /** Lightness of what is written, at any shade, so that it can always be read. */
  readonly inks: Readonly<Record<InkName, number>>;
  /** Lightness that one step of shade adds. */
  readonly shade: number;
}

const STEPS: Readonly<Record<Scheme, Steps>> = {
  light: {
    surfaces: { bg: 1, raised: 1, fill: 0.965, 'fill-2': 0.93, line: 0.905, 'line-2': 0.84 },
    inks: { ink: 0.22, 'ink-2': 0.42, 'ink-3': 0.49 },
    shade: 0.004,
  },
  dark: {
    surfaces: { bg: 0.212, raised: 0.25, fill: 0.27, 'fill-2': 0.32, line: 0.315, 'line-2': 0.4 },
    inks: { ink: 0.95, 'ink-2': 0.8, 'ink-3': 0.74 },
    shade: 0.006,
  },
};

/** The chroma that one step of tint gives to a gray: less where it is light, as in palettes made by hand. */
export function chromaOf(lightness: number): number {
  return Math.min(0.042, 0.19 * (1 - lightness)) / 6;
}

/** The hue in OKLCH of muted colours with this hue in HSL. */
export function oklchHue(hue: number): number {
  const channel = (offset: number): number => {
    const at = (offset + hue / 30) % 12;
    const value = 0.5 - 0.15 * Math.max(-1, Math.min(at - 3, 9 - at, 1));
    return ((value + 0.055) / 1.055) ** 2.4;
  };
  const [r, g, b] = [channel(0), channel(8), channel(4)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const angle = Math.atan2(
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
  );
  return ((angle * 180) / Math.PI + 360) % 360;
}

/** The lightness and chroma of each gray of a scheme; all have the hue of the grayscale. */
export function graysOf(
  scheme: Scheme,
  { tint, shade }: Grayscale,
): readonly (readonly [GrayName, { readonly lightness: number; readonly chroma: number }])[] {
  const { surfaces, inks, shade: step } = STEPS[scheme];
  const all = { ...inks, ...surfaces };
  return (Object.keys(all) as GrayName[]).map((name) => {
    const lightness = name in surfaces ? Math.min(1, all[name] + shade * step) : all[name];
    return [name, { lightness, chroma: tint * chromaOf(lightness) }];
  });
}

/** The grays of both schemes as custom properties; widgets may have the other scheme than the chat. */
export function grayVariables(grayscale: Grayscale): Record<string, string> {
  const hue = oklchHue(grayscale.hue).toFixed(1);
  const grays = (['light', 'dark'] as const).flatMap((scheme) =>
    graysOf(scheme, grayscale).map(([name, { lightness, chroma }]) => [
      `--${scheme}-${name}`,
      `oklch(${lightness.toFixed(4)} ${chroma.toFixed(4)} ${hue})`,
    ]),
  );
  return Object.fromEntries([['--hue', hue], ['--tint', String(grayscale.tint)], ...grays]) as Record<
    string,
    string
  >;
}
