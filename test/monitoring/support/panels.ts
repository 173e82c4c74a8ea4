import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Prometheus, Series } from './prometheus.js';

interface Target {
  readonly expr: string;
  readonly legendFormat?: string;
}

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly Target[];
}

/** A panel of the dashboard with what it shows now. */
export interface ShownPanel extends Panel {
  readonly lines: readonly { readonly name: string; readonly values: Series['values'] }[];
}

const FILE = join(import.meta.dirname, '../../../deploy/grafana/chatkit.json');
/** What Grafana puts in for the interval that rates are taken over. */
const RATE_INTERVAL = '10s';

function asked(expr: string): string {
  return expr.replaceAll('$instance', '.*').replaceAll('$__rate_interval', RATE_INTERVAL);
}

function nameOf({ legendFormat = '' }: Target, { metric }: Series): string {
  const name = legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_all, label: string) => metric[label] ?? '');
  return name === '' ? Object.values(metric).join(' ') : name;
}

/** Every panel of the dashboard with what Prometheus has for it over the last seconds. */
export async function shownPanels(prometheus: Prometheus, seconds: number): Promise<ShownPanel[]> {
  const { panels } = JSON.parse(readFileSync(FILE, 'utf8')) as { panels: readonly Panel[] };
  const shown = async (panel: Panel): Promise<ShownPanel> => {
    const perTarget = (panel.targets ?? []).map(async (target) => {
      const found = await prometheus.range(asked(target.expr), seconds);
      return found.map((series) => ({ name: nameOf(target, series), values: series.values }));
    });
    return { ...panel, lines: (await Promise.all(perTarget)).flat() };
  };
  return Promise.all(panels.map(shown));
}
