import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  DoughnutController,
  Legend,
  LinearScale,
  Tooltip,
} from 'chart.js';
import type { ChartConfiguration } from 'chart.js';
import { useEffect, useRef } from 'react';
import type { Scheme } from '../theme.js';

Chart.register(
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  DoughnutController,
  Legend,
  LinearScale,
  Tooltip,
);

/** Bars stand for the series one on the other; a ring shows the parts of the only series. */
export interface ChartData {
  readonly kind: 'bars' | 'ring';
  readonly labels: readonly string[];
  readonly series: readonly {
    readonly label: string;
    readonly values: readonly number[];
    /** Custom properties of the style sheet: one for bars, one for each part of a ring. */
    readonly colors: readonly string[];
  }[];
}

interface CanvasProps {
  readonly data: ChartData;
  readonly label: string;
  readonly format: (value: number) => string;
  /** Colours are read from the style sheet anew when it changes. */
  readonly scheme: Scheme;
}

const REDUCED = '(prefers-reduced-motion: reduce)';
const ANIMATION_MS = 350;

/** Draws a chart. What it shows has to be told beside it, too. */
export default function Canvas({ data, label, format, scheme }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = JSON.stringify(data);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return undefined;
    Chart.defaults.font.family = getComputedStyle(element).fontFamily;
    const chart = new Chart(element, configuration(element, JSON.parse(drawn) as ChartData, format));
    return () => chart.destroy();
  }, [drawn, format, scheme]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

type Kind = 'bar' | 'doughnut';

function configuration(
  element: HTMLCanvasElement,
  { kind, labels, series }: ChartData,
  format: (value: number) => string,
): ChartConfiguration<Kind> {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const bars = kind === 'bars';
  const axis = {
    stacked: true,
    border: { display: false },
    ticks: { color: color('--ink-3'), maxRotation: 0, autoSkipPadding: 16 },
  };
  return {
    type: bars ? 'bar' : 'doughnut',
    data: {
      labels: [...labels],
      datasets: series.map(({ label, values, colors }) => ({
        label,
        data: [...values],
        backgroundColor: bars ? color(colors[0] ?? '') : colors.map(color),
        ...(bars
          ? { borderRadius: 3, maxBarThickness: 28 }
          : { borderColor: color('--surface'), borderWidth: values.length > 1 ? 2 : 0 }),
      })),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      animation: window.matchMedia(REDUCED).matches ? false : { duration: ANIMATION_MS },
      interaction: { mode: bars ? 'index' : 'nearest', intersect: !bars },
      color: color('--ink-2'),
      ...(bars && {
        scales: {
          x: { ...axis, grid: { display: false } },
          y: {
            ...axis,
            beginAtZero: true,
            grid: { color: color('--line') },
            ticks: {
              ...axis.ticks,
              precision: 0,
              maxTicksLimit: 6,
              callback: (value) => format(Number(value)),
            },
          },
        },
      }),
      ...(!bars && { cutout: '68%' }),
      plugins: {
        legend: {
          display: !bars || series.length > 1,
          position: bars ? 'top' : 'bottom',
          align: bars ? 'start' : 'center',
          onClick: () => undefined,
          labels: { boxWidth: 10, boxHeight: 10, useBorderRadius: true, borderRadius: 3 },
        },
        tooltip: {
          callbacks: {
            label: ({ dataset, label, raw }) => ` ${bars ? dataset.label : label}: ${format(Number(raw))}`,
          },
        },
      },
    },
  };
}
