import { pathThrough } from './curve.js';
import type { Point } from './curve.js';
import type { ChartData, Series } from './read-chart.js';

/** Pixels of the drawing and of what stands around it. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
}

export interface Shape {
  readonly series: Series;
  /** Outline of an area, or the line itself. */
  readonly path: string | undefined;
  readonly line: string | undefined;
  readonly bars: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
  readonly points: readonly (Point | undefined)[];
}

export interface Layout {
  /** Width that one category has. */
  readonly band: number;
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly shapes: readonly Shape[];
}

/** Room above the highest value. */
const TOP = 8;
const TICKS = 4;

interface Span {
  readonly from: number;
  readonly to: number;
}

/** What each value covers: from nothing, or from the values that it stands on. */
function spansOf(series: readonly Series[]): readonly (readonly (Span | undefined)[])[] {
  const heights = new Map<string, number>();
  return series.map(({ kind, stack, values }) =>
    values.map((value, at) => {
      if (value === undefined) return undefined;
      if (kind === 'line') return { from: 0, to: value };
      const place = `${kind} ${stack} ${at} ${value < 0}`;
      const from = heights.get(place) ?? 0;
      heights.set(place, from + value);
      return { from, to: from + value };
    }),
  );
}

/** The round step that gives about as many ticks as wanted. */
function stepFor(range: number): number {
  const rough = range / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * power >= rough) ?? 10;
  return factor * power;
}

/** Places everything of a chart. */
export function layOut(data: ChartData, frame: Frame): Layout {
  const { series, categories } = data;
  const spans = spansOf(series);
  const ends = spans.flat().flatMap((span) => (span ? [span.from, span.to] : []));
  const lowest = Math.min(0, ...ends);
  const highest = Math.max(0, ...ends);
  const range = Number.isFinite(highest - lowest) && highest > lowest ? highest - lowest : 1;
  const step = stepFor(range);
  const first = Math.floor(lowest / step) * step;
  const count = Math.max(1, Math.ceil((lowest + range - first) / step));
  const high = Math.max(1, frame.height - TOP - frame.bottom);
  const y = (value: number): number => TOP + high - ((value - first) / (count * step)) * high;
  const band = Math.max(0, frame.width - frame.left) / Math.max(1, categories.length);
  const middle = (at: number): number => frame.left + band * (at + 0.5);
  const slots = slotsOf(data, band);
  const shapes = series.map((one, index): Shape => {
    const own = spans[index] ?? [];
    const points = own.map((span, at) => span && { x: middle(at), y: y(span.to) });
    const feet = own.map((span, at) => span && { x: middle(at), y: y(span.from) });
    const slot = slots.get(one.kind === 'bar' ? one.stack : '');
    return {
      series: one,
      points,
      line: one.kind === 'bar' ? undefined : pathThrough(points, one.curve),
      path: one.kind === 'area' ? pathThrough(points, one.curve, feet) : undefined,
      bars:
        one.kind === 'bar' && slot
          ? own.flatMap((span, at) => {
              if (!span) return [];
              const top = Math.min(y(span.from), y(span.to));
              const height = Math.abs(y(span.from) - y(span.to));
              return [{ x: frame.left + band * at + slot.from, y: top, width: slot.width, height }];
            })
          : [],
    };
  });
  const ticks = Array.from({ length: count + 1 }, (_, at) => first + at * step);
  return {
    band,
    shapes,
    ticks: ticks.map((value) => ({ value: Number(value.toPrecision(12)), y: y(value) })),
  };
}

/** Where in its category each pile of bars stands. */
function slotsOf(
  { series, barGap, categoryGap }: ChartData,
  band: number,
): ReadonlyMap<string, { from: number; width: number }> {
  const stacks = [...new Set(series.filter(({ kind }) => kind === 'bar').map(({ stack }) => stack))];
  const around = Math.min(Math.max(0, categoryGap ?? band * 0.3), band * 0.9);
  const inner = band - around;
  const between = Math.min(Math.max(0, barGap ?? 3), inner / Math.max(1, stacks.length) / 2);
  const width = Math.max(0.5, (inner - between * (stacks.length - 1)) / Math.max(1, stacks.length));
  return new Map(stacks.map((stack, at) => [stack, { from: around / 2 + at * (width + between), width }]));
}
