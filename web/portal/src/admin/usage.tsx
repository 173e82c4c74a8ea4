import { useCallback, useState } from 'react';
import { Choice } from '../choice.js';
import type { Scheme } from '../theme.js';
import type { AdminApi, Range, UsageSums } from './admin-api.js';
import type { ChartData } from './canvas.js';
import { Figure } from './figure.js';
import { compact, count, day } from './format.js';
import { Empty, Loading } from './parts.js';
import { PERIODS, everyDay, rangeOf } from './period.js';
import type { Period } from './period.js';
import { Members, Models } from './shares.js';
import { Tiles } from './tiles.js';
import { totalsOf } from './usage-figures.js';
import { useLoad } from './use-load.js';

interface UsageProps {
  readonly api: AdminApi;
  readonly up: boolean;
  readonly scheme: Scheme;
  readonly nameOf: (userId: string) => string;
}

interface Report {
  readonly period: Period;
  readonly range: Range;
  readonly days: readonly UsageSums[];
  readonly before: readonly UsageSums[];
  readonly models: readonly UsageSums[];
  readonly members: readonly UsageSums[];
}

async function reportOf(api: AdminApi, period: Period, signal: AbortSignal): Promise<Report> {
  const range = rangeOf(period, Date.now());
  const [days, before, models, members] = await Promise.all([
    api.usage(range, 'day', signal),
    api.usage(rangeOf(period, Date.now(), true), 'day', signal),
    api.usage(range, 'model', signal),
    api.usage(range, 'user', signal),
  ]);
  return { period, range, days, before, models, members };
}

/** What the assistant has answered in a period, for whom, and what that took. */
export function Usage({ api, up, scheme, nameOf }: UsageProps) {
  const [period, setPeriod] = useState<Period>('30');
  const load = useCallback((signal: AbortSignal) => reportOf(api, period, signal), [api, period]);
  const loaded = useLoad(load, up);
  return (
    <>
      <Choice legend="Period" value={period} options={PERIODS} onChange={setPeriod} />
      <Loading what="The usage" loaded={loaded}>
        {(report) => <Shown report={report} scheme={scheme} nameOf={nameOf} />}
      </Loading>
    </>
  );
}

function Shown({ report, scheme, nameOf }: { report: Report } & Pick<UsageProps, 'scheme' | 'nameOf'>) {
  const { days, before, models, members, period } = report;
  if (days.length === 0) {
    return (
      <Empty icon="chart" title="No answers in these days">
        As soon as members ask the assistant, you see here how much, and what it takes.
      </Empty>
    );
  }
  return (
    <div className="panels">
      <Tiles now={totalsOf(days)} before={totalsOf(before)} period={period} />
      <Figure title="Answers per day" of="Day" data={answersPerDay(report)} format={count} scheme={scheme} />
      <Figure title="Tokens per day" of="Day" data={tokensPerDay(report)} format={compact} scheme={scheme} />
      <Models models={models} scheme={scheme} />
      <Members members={members} nameOf={nameOf} />
    </div>
  );
}

/** One value for each day of the period, days without any answer too. */
function perDay({ range, days }: Report) {
  const all = everyDay(range, new Map(days.map((sums) => [sums.key, sums])));
  const values = (of: (sums: UsageSums) => number): readonly number[] =>
    all.map(([, sums]) => (sums === undefined ? 0 : of(sums)));
  return { labels: all.map(([key]) => day(key)), values };
}

function answersPerDay(report: Report): ChartData {
  const { labels, values } = perDay(report);
  const other = values(({ stopped, failed }) => stopped + failed);
  const whole = values(({ answers, stopped, failed }) => answers - stopped - failed);
  return {
    kind: 'bars',
    labels,
    series: [
      { label: 'Answered', values: whole, colors: ['--chart-1'] },
      { label: 'Stopped or failed', values: other, colors: ['--chart-3'] },
    ],
  };
}

function tokensPerDay(report: Report): ChartData {
  const { labels, values } = perDay(report);
  return {
    kind: 'bars',
    labels,
    series: [
      { label: 'Read', values: values((sums) => sums.input_tokens), colors: ['--chart-1'] },
      { label: 'Written', values: values((sums) => sums.output_tokens), colors: ['--chart-2'] },
    ],
  };
}
