import * as z from 'zod';
import { boolean, integer, number, optional } from '../primitives.js';
import { base, bounds, color, measures, size, wholeSize } from './props.js';

const curveType = optional(
  z.enum([
    'basis',
    'basisClosed',
    'basisOpen',
    'bumpX',
    'bumpY',
    'bump',
    'linear',
    'linearClosed',
    'natural',
    'monotoneX',
    'monotoneY',
    'monotone',
    'step',
    'stepBefore',
    'stepAfter',
  ]),
);
const flag = optional(boolean);
const seriesBase = {
  label: z.string().nullable(),
  dataKey: z.string(),
  color,
};
const stack = optional(z.string());

const series = z.discriminatedUnion('type', [
  z.object({ ...seriesBase, type: z.literal('bar'), stack }),
  z.object({ ...seriesBase, type: z.literal('area'), stack, curveType }),
  z.object({ ...seriesBase, type: z.literal('line'), curveType }),
]);

const xAxis = z.object({
  dataKey: z.string(),
  hide: boolean.optional(),
  labels: z.record(z.string(), z.string()).optional(),
});

export const chart = z.object({
  ...base,
  ...measures,
  ...bounds,
  type: z.literal('Chart'),
  data: z.array(z.record(z.string(), z.union([z.string(), number]))),
  series: z.array(series),
  xAxis: z.union([z.string(), xAxis]),
  showYAxis: flag,
  showLegend: flag,
  showTooltip: flag,
  barGap: optional(integer),
  barCategoryGap: optional(integer),
  flex: optional(wholeSize),
  aspectRatio: optional(size),
});
