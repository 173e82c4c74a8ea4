import { useCallback } from 'react';
import type { AdminApi, Limit } from './admin-api.js';
import { bytes, count } from './format.js';
import { Loading, Panel } from './parts.js';
import { useLoad } from './use-load.js';

interface LimitsProps {
  readonly api: AdminApi;
  readonly up: boolean;
}

/** A limit in words; of one that is new to the portal its name says enough. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['Requests', 'Requests a minute'],
  ['Streams', 'Answers at the same time'],
  ['TokensDay', 'Tokens today'],
  ['TokensMonth', 'Tokens this month'],
  ['Threads', 'Conversations'],
  ['FileBytes', 'Files'],
]);

/** What the organisation and its members may ask for, use up and store, and how much of it is left. */
export function Limits({ api, up }: LimitsProps) {
  const load = useCallback((signal: AbortSignal) => api.limits(signal), [api]);
  return (
    <Loading what="The limits" loaded={useLoad(load, up)}>
      {(limits) => (
        <div className="panels">
          <Group
            title="Organisation"
            text="All members together. Days and months are those of UTC."
            of="tenant"
            limits={limits}
          />
          <Group title="Each member" text="What is used is yours." of="user" limits={limits} />
        </div>
      )}
    </Loading>
  );
}

interface GroupProps {
  readonly title: string;
  readonly text: string;
  readonly of: 'tenant' | 'user';
  readonly limits: readonly Limit[];
}

function Group({ title, text, of, limits }: GroupProps) {
  return (
    <Panel title={title} text={text}>
      <ul className="ranking" aria-label={`Limits: ${title}`}>
        {limits
          .filter(({ name }) => name.startsWith(of))
          .map((limit) => (
            <Row key={limit.name} {...limit} kind={limit.name.slice(of.length)} />
          ))}
      </ul>
    </Panel>
  );
}

function Row({ kind, limit, used }: Limit & { readonly kind: string }) {
  const amount = kind === 'FileBytes' ? bytes : count;
  return (
    <li>
      <span className="ranking-name">{TEXTS.get(kind) ?? kind}</span>
      <span className="ranking-value">{wordsOf(limit, used, amount)}</span>
      {limit > 0 && used !== null && <meter max={limit} value={used} aria-hidden="true" />}
    </li>
  );
}

function wordsOf(limit: number, used: number | null, amount: (value: number) => string): string {
  if (limit === 0) return used === null ? 'No limit' : `${amount(used)} used, no limit`;
  if (used === null) return `At most ${amount(limit)}`;
  const left = Math.max(0, limit - used);
  return `${amount(used)} of ${amount(limit)} used, ${amount(left)} left`;
}
