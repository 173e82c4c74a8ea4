import { useMemo } from 'preact/hooks';
import { layOut } from './layout.js';
import type { Shape } from './layout.js';
import type { ChartData } from './read-chart.js';

interface Props {
  readonly data: ChartData;
  readonly size: { readonly width: number; readonly height: number };
  readonly marked: number | undefined;
  readonly format: Intl.NumberFormat;
}

/** Pixels below the drawing for the categories, and of one character. */
const AXIS = 22;
const CHARACTER = 6.5;
const LONGEST_LABEL = 14;

function short(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
}

/** The chart itself, for the eyes only. */
export function Drawing({ data, size, marked, format }: Props) {
  const { width, height } = size;
  const bottom = data.xAxis ? AXIS : 6;
  const left = useMemo(() => {
    if (!data.yAxis) return 0;
    const { ticks } = layOut(data, { width, height, left: 0, bottom });
    return Math.max(...ticks.map(({ value }) => format.format(value).length)) * CHARACTER + 10;
  }, [data, width, height]);
  const { ticks, shapes, band } = useMemo(
    () => layOut(data, { width, height, left, bottom }),
    [data, width, height, left],
  );
  const longest = Math.max(1, ...data.categories.map((label) => short(label).length));
  const every = Math.max(1, Math.ceil((longest * CHARACTER + 8) / Math.max(1, band)));
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      focusable="false"
    >
      {ticks.map(({ value, y }) => (
        <g class="chart-tick">
          <line x1={left} x2={width} y1={y} y2={y} />
          {data.yAxis && (
            <text x={left - 8} y={y} dy="0.32em" text-anchor="end">
              {format.format(value)}
            </text>
          )}
        </g>
      ))}
      <rect class="chart-area" x={left} y={0} width={Math.max(0, width - left)} height={height} />
      {marked !== undefined && (
        <rect
          class="chart-mark"
          x={left + band * marked}
          y={0}
          width={band}
          height={Math.max(0, height - bottom)}
        />
      )}
      {shapes.map((shape) => (
        <Drawn shape={shape} marked={marked} />
      ))}
      {data.xAxis &&
        data.categories.map((label, at) =>
          at % every === 0 ? (
            <text class="chart-label" x={left + band * (at + 0.5)} y={height - 6} text-anchor="middle">
              {short(label)}
            </text>
          ) : null,
        )}
    </svg>
  );
}

function Drawn({ shape, marked }: { shape: Shape; marked: number | undefined }) {
  const { series, path, line, bars, points } = shape;
  const point = marked === undefined || series.kind === 'bar' ? undefined : points[marked];
  return (
    <g style={{ color: series.color }} class={`chart-${series.kind}`}>
      {path !== undefined && <path class="chart-fill" d={path} />}
      {line !== undefined && <path class="chart-line" d={line} />}
      {bars.map(({ x, y, width, height }) => (
        <rect
          class="chart-bar-one"
          x={x}
          y={y}
          width={width}
          height={height}
          rx={Math.min(3, width / 4, height / 2)}
        />
      ))}
      {point && <circle cx={point.x} cy={point.y} r={4} />}
    </g>
  );
}
