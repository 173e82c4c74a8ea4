import type { INestApplicationContext } from '@nestjs/common';
import { statement, UnitOfWork } from '../../src/store/index.js';

/** The day that the pictures show as today. */
export const TODAY = '2026-03-31';

const DAY_MS = 86_400_000;
const DAYS = 62;
/** Who asks, and how often on a good day. */
const MEMBERS: readonly (readonly [userId: string, answers: number])[] = [
  ['user_ben', 7],
  ['iris', 5],
  ['user_ada', 4],
  ['karin.berg', 4],
  ['tomas.lind', 3],
  ['noor.haddad', 2],
  ['elif.kaya', 2],
  ['jonas.holm', 1],
];

interface Row {
  readonly at: string;
  readonly model: string;
  readonly outcome: string;
  readonly input: number;
  readonly output: number;
  readonly first: number;
  readonly duration: number;
}

const insert = statement<[tenantId: string, userId: string, rows: string]>(
  'sample_usage',
  `INSERT INTO usage (tenant_id, user_id, id, thread_id, model, purpose, outcome, requests, input_tokens,
     cached_input_tokens, output_tokens, first_token_ms, duration_ms, created_at)
   SELECT $1, $2, gen_random_uuid(), 'thr_sample', model, 'answer', outcome, 1, input, 0, output, first,
     duration, at
   FROM jsonb_to_recordset($3::jsonb) AS sample
     (at timestamptz, model text, outcome text, input int, output int, first int, duration int)`,
);

/** Always the same numbers from 0 to 1. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function rowsOf(answers: number, seed: number): Row[] {
  const next = numbers(seed);
  const rows: Row[] = [];
  for (let back = 0; back < DAYS; back += 1) {
    const day = new Date(Date.parse(`${TODAY}T08:00:00Z`) - back * DAY_MS);
    const weekend = day.getUTCDay() % 6 === 0 ? 0.25 : 1;
    const growing = 1.15 - back / 120;
    const count = Math.round(answers * weekend * growing * (0.5 + next()));
    for (let index = 0; index < count; index += 1) rows.push(row(day, next));
  }
  return rows;
}

function row(day: Date, next: () => number): Row {
  const kind = next();
  const model = next();
  const length = next();
  return {
    at: new Date(day.getTime() + next() * DAY_MS * 0.4).toISOString(),
    model: model < 0.68 ? 'gpt-5' : model < 0.92 ? 'gpt-5-mini' : 'gpt-5-nano',
    outcome: kind < 0.93 ? 'completed' : kind < 0.98 ? 'stopped' : 'failed',
    input: Math.round(1200 + 2600 * next()),
    output: Math.round(80 + 620 * length),
    first: Math.round(420 + 700 * next()),
    duration: Math.round(1500 + 6000 * length),
  };
}

/** Gives the library two months of plausible usage, the same each time. */
export async function addSampleUsage(app: INestApplicationContext): Promise<void> {
  const unitOfWork = app.get(UnitOfWork, { strict: false });
  for (const [index, [userId, answers]] of MEMBERS.entries()) {
    const tenantId = 'org_aurora';
    const rows = JSON.stringify(rowsOf(answers, 7 + index * 101));
    await unitOfWork.pipeline({ tenantId, userId }, insert(tenantId, userId, rows));
  }
}
