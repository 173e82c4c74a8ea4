import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useView } from '../../view/context.js';
import { blockStyle } from '../box-style.js';
import { css, flex } from '../css-values.js';
import type { NodeProps } from '../node.js';
import { useWidget } from '../widget-context.js';
import { ChartTable, ChartTooltip, Legend } from './chart-words.js';
import { Drawing } from './drawing.js';
import { readChart } from './read-chart.js';
import { keyHandler } from '../../view/key-handler.js';

/** Pixels of a chart before its place is known. */
const SIZE = { width: 360, height: 200 };

/** Bars, areas and lines; the numbers are in a table for those who do not see them. */
export function Chart({ node }: Required<NodeProps>) {
  const { t, locale } = useView();
  const { dark } = useWidget();
  const data = useMemo(() => readChart(node, dark), [node, dark]);
  const plot = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(SIZE);
  const [marked, setMarked] = useState<number>();
  const last = data.categories.length - 1;

  useLayoutEffect(() => {
    const element = plot.current;
    if (!element) return undefined;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const onKeyDown = keyHandler((event) => {
    const at = marked ?? -1;
    const to = { ArrowRight: Math.min(last, at + 1), ArrowLeft: Math.max(0, at - 1), Home: 0, End: last }[
      event.key
    ];
    if (to === undefined) {
      if (event.key === 'Escape' && marked !== undefined) {
        event.stopPropagation();
        setMarked(undefined);
      }
      return;
    }
    event.preventDefault();
    setMarked(to);
  });
  const onPointerMove = ({ clientX }: PointerEvent): void => {
    const box = plot.current?.getBoundingClientRect();
    const area = plot.current?.querySelector('.chart-area')?.getBoundingClientRect();
    if (!box || !area || area.width === 0) return;
    setMarked(Math.max(0, Math.min(last, Math.floor(((clientX - area.left) / area.width) * (last + 1)))));
  };
  const leave = (): void => setMarked(undefined);
  const interactive = data.tooltip && last >= 0;
  const format = useMemo(() => new Intl.NumberFormat(locale.value), [locale.value]);
  const names = data.series.map(({ label }) => label).join(', ');
  return (
    <div
      class="w-chart"
      style={css({ flex: flex(node.flex), ...blockStyle({ ...node, height: undefined }) })}
    >
      <ChartTable data={data} caption={`${t('chart')}: ${names}`} format={format} />
      <div
        class="w-plot"
        ref={plot}
        style={css({ height: blockStyle({ type: 'Chart', height: node.height }).height })}
        {...(interactive
          ? {
              role: 'group',
              tabIndex: 0,
              'aria-label': t('chartKeys', { names }),
              onKeyDown,
              onPointerMove,
              onPointerLeave: leave,
              onBlur: leave,
            }
          : {})}
      >
        <Drawing data={data} size={size} marked={interactive ? marked : undefined} format={format} />
        {interactive && marked !== undefined && (
          <ChartTooltip data={data} at={marked} share={(marked + 0.5) / (last + 1)} format={format} />
        )}
      </div>
      {data.legend && <Legend series={data.series} />}
    </div>
  );
}
