import { compact, count, duration } from './format.js';
import type { Period } from './period.js';
import { growth } from './usage-figures.js';
import type { Totals } from './usage-figures.js';

interface TilesProps {
  readonly now: Totals;
  readonly before: Totals;
  readonly period: Period;
}

/** The totals of a period, each with what has become of it since the period before. */
export function Tiles({ now, before, period }: TilesProps) {
  const { answers, stopped, failed, tokens } = now;
  const whole = answers - stopped - failed;
  const tiles: readonly (readonly [string, string, string | undefined])[] = [
    ['Answers', count(answers), growth(answers, before.answers)],
    ['Tokens', compact(tokens), growth(tokens, before.tokens)],
    ['Time to first word', duration(now.firstToken), growth(now.firstToken, before.firstToken)],
    ['Time per answer', duration(now.duration), growth(now.duration, before.duration)],
  ];
  return (
    <div className="tiles-block">
      <dl className="tiles">
        {tiles.map(([label, value, change]) => (
          <div key={label} className="tile">
            <dt>{label}</dt>
            <dd>
              <span className="tile-value">{value}</span>
              {change !== undefined && <span className="tile-change">{change}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="fine">
        {count(whole)} completed, {count(stopped)} stopped by members, {count(failed)} failed. Changes compare
        with the {period} days before.
      </p>
    </div>
  );
}
