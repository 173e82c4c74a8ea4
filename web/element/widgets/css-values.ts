import { isRecord, number, oneOf, record, text } from '../session/json.js';
import type { JsonRecord } from '../session/json.js';
import { chromaOf } from '../view/grays.js';

export type Css = Readonly<Record<string, string>>;

/** Pixels of one spacing step. */
const UNIT = 4;
const FUNCTIONS = /(?<![\w-])([\w-]*)\(/g;
/** Functions that only compute; anything that could load a resource is left out. */
const HARMLESS = new Set(
  (
    ' rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix var calc min max clamp ' +
    'linear-gradient radial-gradient conic-gradient repeating-linear-gradient repeating-radial-gradient'
  ).split(' '),
);

/** A CSS value from a server: kept if it is short and cannot load anything. The browser drops what is invalid. */
export function safeCss(value: unknown): string | undefined {
  const found = text(value)?.trim();
  if (found === undefined || found === '' || found.length > 300 || /[\\;{}@]/.test(found)) return undefined;
  const calls = [...found.matchAll(FUNCTIONS)].map((match) => match[1]?.toLowerCase() ?? '');
  return calls.every((name) => HARMLESS.has(name)) ? found : undefined;
}

/** A size: numbers are pixels, strings are CSS. */
export function size(value: unknown): string | undefined {
  const pixels = number(value);
  return pixels === undefined ? safeCss(value) : `${pixels}px`;
}

/** A distance: numbers count in steps of the spacing unit. */
export function space(value: unknown): string | undefined {
  const steps = number(value);
  return steps === undefined ? safeCss(value) : `${steps * UNIT}px`;
}

/** How a component shares the room: a factor, or CSS. */
export function flex(value: unknown): string | undefined {
  return number(value)?.toString() ?? safeCss(value);
}

const HUES: Readonly<Record<string, number>> = {
  red: 25,
  orange: 55,
  yellow: 95,
  green: 150,
  blue: 255,
  purple: 300,
  pink: 350,
};

const TOKENS = new Set(
  (
    'prose primary emphasis secondary tertiary success warning danger info discovery caution ' +
    'surface surface-secondary surface-tertiary surface-elevated surface-elevated-secondary default subtle strong white black'
  ).split(' '),
);

function primitive(name: string): string | undefined {
  const [hue = '', step = ''] = name.split('-');
  const shade = Number(step);
  if (!Number.isInteger(shade) || shade < 25 || shade > 1000) return undefined;
  const light = 1 - shade / 1150;
  const lightness = light.toFixed(3);
  if (hue === 'gray')
    return `oklch(${lightness} calc(${chromaOf(light).toFixed(4)} * var(--tint)) var(--hue))`;
  const angle = HUES[hue];
  const chroma = (0.17 * Math.sin((Math.PI * Math.min(shade, 900)) / 1000)).toFixed(3);
  return angle === undefined ? undefined : `oklch(${lightness} ${chroma} ${angle})`;
}

/** A colour: a token, a step of a palette, CSS, or one for each colour scheme. */
export function color(value: unknown, dark: boolean): string | undefined {
  const name = isRecord(value) ? text(dark ? value.dark : value.light) : text(value);
  if (name === undefined) return undefined;
  if (TOKENS.has(name)) return `var(--w-${name})`;
  return primitive(name) ?? safeCss(name);
}

type Side = 'Top' | 'Right' | 'Bottom' | 'Left';
const SIDES: readonly Side[] = ['Top', 'Right', 'Bottom', 'Left'];

function perSide(value: JsonRecord, side: Side): unknown {
  const axis = side === 'Top' || side === 'Bottom' ? value.y : value.x;
  return value[side.toLowerCase()] ?? axis;
}

/** Padding or margin: one distance, or one for each side. */
export function spacing(property: 'padding' | 'margin', value: unknown): Record<string, string | undefined> {
  if (!isRecord(value)) return { [property]: space(value) };
  return Object.fromEntries(SIDES.map((side) => [`${property}${side}`, space(perSide(value, side))]));
}

function borderLine(value: unknown, dark: boolean): string | undefined {
  if (typeof value === 'number') return `${value}px solid var(--line)`;
  if (!isRecord(value)) return undefined;
  const styles = ['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'] as const;
  const line = oneOf(value.style, styles, 'solid');
  return `${number(value.size) ?? 1}px ${line} ${color(value.color, dark) ?? 'var(--line)'}`;
}

/** Borders: one for all sides, or one for each. */
export function borders(value: unknown, dark: boolean): Record<string, string | undefined> {
  if (!isRecord(value) || 'size' in value) return { border: borderLine(value, dark) };
  return Object.fromEntries(
    SIDES.map((side) => [`border${side}`, borderLine(perSide(record(value), side), dark)]),
  );
}

const RADII: Readonly<Record<string, string>> = {
  none: '0',
  '2xs': '2px',
  xs: '4px',
  sm: '6px',
  md: '8px',
  lg: '10px',
  xl: '12px',
  '2xl': '16px',
  '3xl': '20px',
  '4xl': '24px',
  full: '9999px',
  '100%': '100%',
};

export function radius(value: unknown): string | undefined {
  return RADII[text(value) ?? ''];
}

/** Leaves out what was not given. */
export function css(values: Readonly<Record<string, string | undefined>>): Css {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Css;
}
