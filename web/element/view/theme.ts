import { number, oneOf, record, text } from '../session/json.js';
import type { JsonRecord } from '../session/json.js';
import { DEFAULT_GRAYSCALE, grayVariables } from './grays.js';
import type { Grayscale } from './grays.js';

export interface Theme {
  readonly scheme: 'light' | 'dark';
  readonly radius: 'pill' | 'round' | 'soft' | 'sharp';
  readonly density: 'compact' | 'normal' | 'spacious';
  /** Custom properties, set one by one through the style object model. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A colour the browser understands, else nothing. */
function color(value: unknown): string | undefined {
  const found = text(value);
  return found !== undefined && CSS.supports('color', found) ? found : undefined;
}

function within(value: unknown, min: number, max: number): number | undefined {
  const found = number(value);
  return found === undefined ? undefined : Math.min(max, Math.max(min, found));
}

/** Families that every browser has: behind them no other is needed. */
const GENERIC = /(?:^|,)\s*(?:serif|sans-serif|monospace|cursive|fantasy|math|(?:ui|system)-[a-z-]+)\s*$/i;

function fontFamily(value: unknown): string | undefined {
  const found = text(value);
  return found !== undefined && CSS.supports('font-family', found) ? found : undefined;
}

/** The family of texts, with those of the chat behind it where it may be missing. */
function textFamily(value: unknown): string | undefined {
  const found = fontFamily(value);
  return found === undefined || GENERIC.test(found) ? found : `${found}, var(--sans)`;
}

function grayscaleOf(value: JsonRecord): Grayscale {
  return {
    hue: within(value.hue, 0, 360) ?? DEFAULT_GRAYSCALE.hue,
    tint: within(value.tint, 0, 9) ?? DEFAULT_GRAYSCALE.tint,
    shade: within(value.shade, -4, 4) ?? DEFAULT_GRAYSCALE.shade,
  };
}

function colorVariables(colors: JsonRecord): Record<string, string | undefined> {
  const accent = record(colors.accent);
  const surface = record(colors.surface);
  return {
    ...grayVariables(grayscaleOf(record(colors.grayscale))),
    '--ck-accent-base': color(accent.primary),
    '--ck-accent-level': color(accent.primary) && String(within(accent.level, 0, 3) ?? 1),
    '--ck-surface-base': color(surface.background),
    '--ck-raised-base': color(surface.foreground),
  };
}

/** Reads the `theme` option: a colour scheme, or an object with one and more. */
export function themeOf(value: unknown): Theme {
  const theme = record(value);
  const typography = record(theme.typography);
  const size = within(typography.baseSize, 14, 18);
  const all: Record<string, string | undefined> = {
    ...colorVariables(record(theme.color)),
    '--ck-size': size === undefined ? undefined : `${size}px`,
    '--ck-font': textFamily(typography.fontFamily),
    '--ck-mono': fontFamily(typography.fontFamilyMono),
  };
  const variables = Object.fromEntries(Object.entries(all).filter(([, set]) => set !== undefined));
  return {
    scheme: oneOf(typeof value === 'string' ? value : theme.colorScheme, ['light', 'dark'], 'light'),
    radius: oneOf(theme.radius, ['pill', 'round', 'soft', 'sharp'], 'pill'),
    density: oneOf(theme.density, ['compact', 'normal', 'spacious'], 'normal'),
    variables: variables as Record<string, string>,
  };
}
