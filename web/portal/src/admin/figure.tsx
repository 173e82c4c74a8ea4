import { lazy, Suspense } from 'react';
import type { Scheme } from '../theme.js';
import type { ChartData } from './canvas.js';
import { Panel } from './parts.js';

/** The library that draws comes with the first chart. */
const Canvas = lazy(() => import('./canvas.js'));

interface FigureProps {
  readonly title: string;
  readonly text?: string;
  /** What the first column of the table is called. */
  readonly of: string;
  readonly data: ChartData;
  readonly format: (value: number) => string;
  readonly scheme: Scheme;
}

/** A chart, and the same in figures for those who would rather read. */
export function Figure({ title, text, of, data, format, scheme }: FigureProps) {
  return (
    <Panel title={title} {...(text !== undefined && { text })}>
      <div className={`chart ${data.kind}`}>
        <Suspense fallback={null}>
          <Canvas label={`Chart: ${title}. The table below has its figures.`} {...{ data, format, scheme }} />
        </Suspense>
      </div>
      <details className="figures">
        <summary>Show the figures</summary>
        <div className="figures-scroll" role="region" aria-label={`${title}, figures`} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{of}</th>
                {data.series.map(({ label }) => (
                  <th key={label} scope="col">
                    {label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.labels.map((label, at) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {data.series.map(({ label: name, values }) => (
                    <td key={name}>{format(values[at] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </Panel>
  );
}
