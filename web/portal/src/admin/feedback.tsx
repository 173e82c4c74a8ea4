import { useCallback, useState } from 'react';
import { Choice } from '../choice.js';
import { Icon } from '../icons.js';
import type { Scheme } from '../theme.js';
import type { AdminApi, Opinion, OpinionDay, OpinionKind, Range } from './admin-api.js';
import { Figure } from './figure.js';
import { count, day, moment, share } from './format.js';
import { Pager } from './pager.js';
import { usePages } from './pages.js';
import { Empty, Loading, Panel } from './parts.js';
import { PERIODS, everyDay, rangeOf } from './period.js';
import type { Period } from './period.js';
import { useLoad } from './use-load.js';

interface FeedbackProps {
  readonly api: AdminApi;
  readonly up: boolean;
  readonly scheme: Scheme;
  readonly nameOf: (userId: string) => string;
}

const KINDS: readonly (readonly [OpinionKind | 'all', string])[] = [
  ['all', 'All'],
  ['positive', 'Positive'],
  ['negative', 'Negative'],
];
const PAGE = 20;

/** What members think of the answers they got. */
export function Feedback(props: FeedbackProps) {
  const { api, up, scheme } = props;
  const [period, setPeriod] = useState<Period>('30');
  const load = useCallback(
    async (signal: AbortSignal) => {
      const range = rangeOf(period, Date.now());
      return { range, days: await api.feedbackDays(range, signal) };
    },
    [api, period],
  );
  return (
    <>
      <Choice legend="Period" value={period} options={PERIODS} onChange={setPeriod} />
      <Loading what="The feedback" loaded={useLoad(load, up)}>
        {({ range, days }) => <OpinionsPerDay range={range} days={days} scheme={scheme} />}
      </Loading>
      <Opinions {...props} />
    </>
  );
}

interface PerDayProps {
  readonly range: Range;
  readonly days: readonly OpinionDay[];
  readonly scheme: Scheme;
}

function OpinionsPerDay({ range, days, scheme }: PerDayProps) {
  const positive = days.reduce((sum, entry) => sum + entry.positive, 0);
  const negative = days.reduce((sum, entry) => sum + entry.negative, 0);
  if (positive + negative === 0) return null;
  const all = everyDay(range, new Map(days.map((entry) => [entry.day, entry])));
  const values = (kind: OpinionKind): readonly number[] => all.map(([, entry]) => entry?.[kind] ?? 0);
  return (
    <Figure
      title={`${share(positive, positive + negative)} positive`}
      text={`${count(positive)} positive and ${count(negative)} negative opinions`}
      of="Day"
      data={{
        kind: 'bars',
        labels: all.map(([key]) => day(key)),
        series: [
          { label: 'Positive', values: values('positive'), colors: ['--chart-1'] },
          { label: 'Negative', values: values('negative'), colors: ['--chart-2'] },
        ],
      }}
      format={count}
      scheme={scheme}
    />
  );
}

function Opinions({ api, up, nameOf }: FeedbackProps) {
  const [kind, setKind] = useState<OpinionKind | 'all'>('all');
  const pages = usePages(kind);
  const { after } = pages;
  const load = useCallback(
    (signal: AbortSignal) => api.feedback(kind === 'all' ? undefined : kind, after, PAGE, signal),
    [api, kind, after],
  );
  return (
    <Panel title="Opinions" text="The newest first. What was said in a conversation stays with its member.">
      <Choice legend="Kind" value={kind} options={KINDS} onChange={setKind} />
      <Loading what="The opinions" loaded={useLoad(load, up)}>
        {(page) => (
          <>
            {page.data.length === 0 && (
              <Empty icon="up" title={kind === 'all' ? 'No opinions yet' : `No ${kind} opinions`}>
                Members give them with the thumbs below an answer.
              </Empty>
            )}
            <ul className="entries">
              {page.data.map((opinion) => (
                <Entry key={keyOf(opinion)} opinion={opinion} nameOf={nameOf} />
              ))}
            </ul>
            <Pager label="Pages of opinions" pages={pages} shown={page} />
          </>
        )}
      </Loading>
    </Panel>
  );
}

function keyOf({ thread_id, item_id, user_id }: Opinion): string {
  return [thread_id, item_id, user_id].join(' ');
}

function Entry({ opinion, nameOf }: { opinion: Opinion } & Pick<FeedbackProps, 'nameOf'>) {
  const { kind, user_id, created_at, thread_id } = opinion;
  const positive = kind === 'positive';
  return (
    <li className="entry">
      <span className={`badge ${kind}`}>
        <Icon name={positive ? 'up' : 'down'} /> {positive ? 'Positive' : 'Negative'}
      </span>
      <span className="entry-main">
        <strong>{nameOf(user_id)}</strong>
        <span className="fine">in conversation {thread_id}</span>
      </span>
      <time className="entry-time" dateTime={created_at}>
        {moment(created_at)}
      </time>
    </li>
  );
}
