import type { Figures } from '../figures.js';
import { median } from '../load/percentile.js';
import { barChart, type Group } from './chart.js';
import { shown } from './table.js';

/** What each chart shows: figures whose names begin so. */
const CHARTS: Readonly<Record<string, { readonly title: string; readonly begins: readonly string[] }>> = {
  requests: {
    title: 'Requests per second of server CPU: more is better',
    begins: ['per second of server CPU'],
  },
  start: { title: 'Milliseconds from start to first answer: less is better', begins: ['start'] },
  streams: {
    title: 'Many open streams: less is better',
    begins: ['memory per stream', 'CPU per event', 'first event p99,', 'lateness p99'],
  },
  threads: { title: 'Much data: requests per second of server CPU, more is better', begins: [] },
};

const MUCH = new Set(['long', 'threads', 'tenants', 'schemas']);

/** The charts of a run, by their names; those that would be empty are left out. */
export function charts(figures: Figures): ReadonlyMap<string, string> {
  const made = Object.entries(CHARTS).map(([name, { title, begins }]) => {
    const groups = groupsOf(figures, ({ row, name: measure }) => {
      if (MUCH.has(row)) return name === 'threads' && measure.endsWith(': per second of server CPU');
      return begins.some((begin) => measure.startsWith(begin)) && (name !== 'streams' || row === 'C1');
    });
    return [name, groups.length === 0 ? '' : barChart(title, groups, shown)] as const;
  });
  return new Map(made.filter(([, svg]) => svg !== ''));
}

function groupsOf(
  figures: Figures,
  wanted: (figure: { readonly row: string; readonly name: string }) => boolean,
): Group[] {
  const groups = Map.groupBy(figures.all().filter(wanted), ({ row, name, unit }) => {
    return `${row} · ${name.replaceAll('`', '').replace(': per second of server CPU', '')}, ${unit}`;
  });
  return [...groups].map(([name, all]) => ({
    name,
    bars: all.map(({ server, values }) => ({ name: server, value: median(values) })),
  }));
}
