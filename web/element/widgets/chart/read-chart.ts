import { filled, list, number, oneOf, record, text } from '../../session/json.js';
import type { WidgetNode } from '../../session/wire.js';
import { color } from '../css-values.js';

export type Kind = 'bar' | 'area' | 'line';

export interface Series {
  readonly kind: Kind;
  readonly label: string;
  /** Series with the same one stand on each other. */
  readonly stack: string;
  readonly color: string;
  readonly curve: string;
  /** One for each category; undefined where there is none. */
  readonly values: readonly (number | undefined)[];
}

export interface ChartData {
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly xAxis: boolean;
  readonly yAxis: boolean;
  readonly legend: boolean;
  readonly tooltip: boolean;
  readonly barGap: number | undefined;
  readonly categoryGap: number | undefined;
}

/** Categories and series of the largest chart that is drawn. */
const MAX_CATEGORIES = 400;
const MAX_SERIES = 12;
/** Numbers beyond this leave no room for others. */
const MOST = 1e15;
const COLORS = ['blue', 'purple', 'orange', 'green', 'red', 'yellow', 'pink'] as const;

function seriesColor(value: unknown, at: number, dark: boolean): string {
  const shade = dark ? 400 : 500;
  const token = COLORS.find((name) => name === value);
  const standard = `${token ?? COLORS[at % COLORS.length] ?? 'blue'}-${shade}`;
  return (token ? undefined : color(value, dark)) ?? color(standard, dark) ?? 'currentcolor';
}

/** A number that can be drawn. */
function measured(value: unknown): number | undefined {
  const found = number(value);
  return found !== undefined && Math.abs(found) <= MOST ? found : undefined;
}

/** Reads a chart tolerantly: what is no number is no point, what is of no known kind is left out. */
export function readChart(node: WidgetNode, dark: boolean): ChartData {
  const axis = typeof node.xAxis === 'string' ? { dataKey: node.xAxis } : record(node.xAxis);
  const rows = list(node.data).slice(0, MAX_CATEGORIES).map(record);
  const labels = record(axis.labels);
  const series = list(node.series)
    .map(record)
    .filter(({ type, dataKey }) => ['bar', 'area', 'line'].includes(text(type) ?? '') && filled(dataKey))
    .slice(0, MAX_SERIES)
    .map((one, at): Series => {
      const key = text(one.dataKey) ?? '';
      return {
        kind: oneOf(one.type, ['bar', 'area', 'line'], 'line'),
        label: filled(one.label) ?? key,
        stack: filled(one.stack) ?? `own ${at}`,
        color: seriesColor(one.color, at, dark),
        curve: text(one.curveType) ?? 'linear',
        values: rows.map((row) => (Object.hasOwn(row, key) ? measured(row[key]) : undefined)),
      };
    });
  return {
    categories: rows.map((row) => {
      const name = row[text(axis.dataKey) ?? ''];
      const plain = typeof name === 'string' || typeof name === 'number' ? String(name) : '';
      return Object.hasOwn(labels, plain) ? (text(labels[plain]) ?? plain) : plain;
    }),
    series,
    xAxis: axis.hide !== true,
    yAxis: node.showYAxis === true,
    legend: node.showLegend === undefined ? series.length > 1 : node.showLegend === true,
    tooltip: node.showTooltip !== false,
    barGap: number(node.barGap),
    categoryGap: number(node.barCategoryGap),
  };
}
