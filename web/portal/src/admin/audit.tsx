import { useCallback, useState } from 'react';
import { Choice } from '../choice.js';
import type { AdminApi, AuditEntry, AuditOutcome } from './admin-api.js';
import { actionText, ACTIONS } from './audit-texts.js';
import { moment } from './format.js';
import { Pager } from './pager.js';
import { usePages } from './pages.js';
import { Empty, Loading, Panel } from './parts.js';
import { PERIODS, rangeOf } from './period.js';
import type { Period } from './period.js';
import { useLoad } from './use-load.js';

interface AuditProps {
  readonly api: AdminApi;
  readonly up: boolean;
  readonly nameOf: (userId: string) => string;
}

const PAGE = 20;
const OUTCOMES: Readonly<Record<AuditOutcome, string>> = {
  done: 'Done',
  refused: 'Refused',
  failed: 'Failed',
};

/** Who did what in the organisation. */
export function Audit({ api, up, nameOf }: AuditProps) {
  const [period, setPeriod] = useState<Period>('30');
  const [action, setAction] = useState('');
  const pages = usePages(`${period} ${action}`);
  const { after } = pages;
  const load = useCallback(
    (signal: AbortSignal) =>
      api.audit(action === '' ? undefined : action, rangeOf(period, Date.now()), after, PAGE, signal),
    [api, action, period, after],
  );
  return (
    <Panel
      title="Audit log"
      text="Who did or tried what in the administration, the newest first. Who looks at the same again is listed once a minute."
    >
      <div className="filters">
        <Choice legend="Period" value={period} options={PERIODS} onChange={setPeriod} />
        <label className="filter">
          Action
          <select value={action} onChange={({ currentTarget }) => setAction(currentTarget.value)}>
            <option value="">All actions</option>
            {ACTIONS.map((name) => (
              <option key={name} value={name}>
                {actionText(name)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Loading what="The audit log" loaded={useLoad(load, up)}>
        {(page) => (
          <>
            {page.data.length === 0 && (
              <Empty icon="clock" title="Nothing was done in these days">
                Changes, refusals and looks at the administration are listed here.
              </Empty>
            )}
            <ul className="entries" aria-label="Audit log">
              {page.data.map((entry) => (
                <Entry key={entry.id} entry={entry} nameOf={nameOf} />
              ))}
            </ul>
            <Pager label="Pages of the audit log" pages={pages} shown={page} />
          </>
        )}
      </Loading>
    </Panel>
  );
}

function Entry({ entry, nameOf }: { entry: AuditEntry } & Pick<AuditProps, 'nameOf'>) {
  const { actor, actor_id, action, target, outcome, created_at } = entry;
  const who = actor === 'member' ? nameOf(actor_id) : actor_id;
  return (
    <li className="entry">
      <span className={`badge ${outcome}`}>{OUTCOMES[outcome]}</span>
      <span className="entry-main">
        <strong>{actionText(action)}</strong>
        <span className="fine">
          by {who}
          {actor !== 'member' && ` (${actor})`}
          {target !== null && `, ${target}`}
        </span>
      </span>
      <time className="entry-time" dateTime={created_at}>
        {moment(created_at)}
      </time>
    </li>
  );
}
