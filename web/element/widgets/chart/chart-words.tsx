import type { ChartData, Series } from './read-chart.js';

interface Props {
  readonly data: ChartData;
  readonly format: Intl.NumberFormat;
}

/** What a chart says, in words and numbers. */
export function ChartTable({ data, format, caption }: Props & { caption: string }) {
  return (
    <table class="sr">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          {data.series.map(({ label }) => (
            <th scope="col">{label}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {data.categories.map((category, at) => (
          <tr>
            <th scope="row">{category}</th>
            {data.series.map(({ values }) => (
              <td>{numberOf(values[at], format)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function numberOf(value: number | undefined, format: Intl.NumberFormat): string {
  return value === undefined ? '–' : format.format(value);
}

interface TooltipProps extends Props {
  readonly at: number;
  /** Where in the width of the chart, from 0 to 1. */
  readonly share: number;
}

/** The numbers of one category, beside the pointer or what the keys have marked. */
export function ChartTooltip({ data, at, share, format }: TooltipProps) {
  const side = share > 0.5 ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` };
  return (
    <div class="chart-tooltip" role="status" style={side}>
      <strong>{data.categories[at]}</strong>
      {data.series.map((series) => (
        <span class="chart-key">
          <Swatch series={series} />
          <span class="grow">{series.label}</span>
          {numberOf(series.values[at], format)}
        </span>
      ))}
    </div>
  );
}

export function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul class="chart-legend" aria-hidden="true">
      {series.map((one) => (
        <li class="chart-key">
          <Swatch series={one} />
          {one.label}
        </li>
      ))}
    </ul>
  );
}

function Swatch({ series }: { series: Series }) {
  return <span class={`chart-swatch ${series.kind}`} style={{ color: series.color }} />;
}
