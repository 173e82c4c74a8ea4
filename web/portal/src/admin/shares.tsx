import type { Scheme } from '../theme.js';
import type { UsageSums } from './admin-api.js';
import type { ChartData } from './canvas.js';
import { Figure } from './figure.js';
import { compact, count, share } from './format.js';
import { Panel } from './parts.js';
import { tokensOf } from './usage-figures.js';

const COLORS = ['--chart-1', '--chart-2', '--chart-4', '--chart-5', '--chart-3'];
const MOST_MEMBERS = 8;

/** Which models have answered, by their tokens; those beyond the largest count together. */
export function Models({ models, scheme }: { models: readonly UsageSums[]; scheme: Scheme }) {
  const whole = models.reduce((sum, row) => sum + tokensOf(row), 0);
  const named = models.slice(0, COLORS.length - 1).map((row) => [row.key, tokensOf(row)] as const);
  const rest = models.slice(COLORS.length - 1).reduce((sum, row) => sum + tokensOf(row), 0);
  const parts = rest > 0 ? [...named, ['Others', rest] as const] : named;
  const data: ChartData = {
    kind: 'ring',
    labels: parts.map(([name, tokens]) => `${name} (${share(tokens, whole)})`),
    series: [{ label: 'Tokens', values: parts.map(([, tokens]) => tokens), colors: COLORS }],
  };
  return (
    <Figure title="Models" text="By their tokens" of="Model" data={data} format={compact} scheme={scheme} />
  );
}

interface MembersProps {
  readonly members: readonly UsageSums[];
  readonly nameOf: (userId: string) => string;
}

/** Who has asked most. */
export function Members({ members, nameOf }: MembersProps) {
  const most = Math.max(1, ...members.map(tokensOf));
  return (
    <Panel title="Most active members" text="By their tokens">
      <ol className="ranking">
        {members.slice(0, MOST_MEMBERS).map((row) => (
          <li key={row.key}>
            <span className="ranking-name">{nameOf(row.key)}</span>
            <span className="ranking-value">
              {compact(tokensOf(row))} tokens · {count(row.answers)} answers
            </span>
            <meter max={most} value={tokensOf(row)} aria-hidden="true" />
          </li>
        ))}
      </ol>
      {members.length > MOST_MEMBERS && (
        <p className="fine">and {count(members.length - MOST_MEMBERS)} more members</p>
      )}
    </Panel>
  );
}
