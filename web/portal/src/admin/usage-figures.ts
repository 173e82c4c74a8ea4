import type { UsageSums } from './admin-api.js';

/** What a period comes to. */
export interface Totals {
  readonly answers: number;
  readonly stopped: number;
  readonly failed: number;
  readonly tokens: number;
  /** Average milliseconds; undefined when nothing was answered. */
  readonly firstToken: number | undefined;
  readonly duration: number | undefined;
}

function sum(rows: readonly UsageSums[], of: (row: UsageSums) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

/** The averages of days, each counting for as much as it has answers. */
function average(rows: readonly UsageSums[], of: (row: UsageSums) => number | null): number | undefined {
  const known = rows.filter((row) => of(row) !== null && row.answers > 0);
  const answers = sum(known, (row) => row.answers);
  return answers === 0 ? undefined : sum(known, (row) => (of(row) ?? 0) * row.answers) / answers;
}

export const tokensOf = (row: UsageSums): number => row.input_tokens + row.output_tokens;

export function totalsOf(rows: readonly UsageSums[]): Totals {
  return {
    answers: sum(rows, (row) => row.answers),
    stopped: sum(rows, (row) => row.stopped),
    failed: sum(rows, (row) => row.failed),
    tokens: sum(rows, tokensOf),
    firstToken: average(rows, (row) => row.first_token_ms),
    duration: average(rows, (row) => row.duration_ms),
  };
}

/** By how much a figure has grown, as `+12%`; undefined where there is nothing to compare it with. */
export function growth(now: number | undefined, before: number | undefined): string | undefined {
  if (now === undefined || before === undefined || before === 0) return undefined;
  const percent = Math.round((now / before - 1) * 100);
  return percent === 0 ? 'unchanged' : `${percent > 0 ? '+' : '−'}${Math.abs(percent)}%`;
}
