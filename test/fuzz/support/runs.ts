import { appendFileSync } from 'node:fs';
import * as fc from 'fast-check';
import kinds from './kinds.json' with { type: 'json' };

/** Always the same inputs, unless FUZZ_SEED names others; a failure prints the seed. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
/** How many times as many inputs as usual. */
const TIMES = Number(process.env['FUZZ_TIMES'] ?? 1);
/** Whether it is the command that attacks, which may take its time. */
export const isLong = TIMES > 1;
/** The file to which each test adds a line that says what it ran. */
const REPORT = process.env['FUZZ_REPORT'];
/** After so many findings one kind has said enough. */
const MOST_FINDINGS = 20;

/** What is fuzzed, each with its usual number of inputs. */
export type Kind = keyof typeof kinds;

/** What one test ran, as it stands in the report. */
export interface Ran {
  readonly kind: Kind;
  readonly cases: number;
  readonly findings: number;
  readonly seconds: number;
}

/** Milliseconds that the inputs of a kind may take, where each asks so many times. */
export const patience = (kind: Kind, asks = 1): number => 60_000 + kinds[kind] * TIMES * asks * 2000;

/**
 * Holds the statement for as many inputs as are usual of the kind, or for FUZZ_TIMES as many. After a finding it goes on
 * with the next seed, so that one finding hides no other.
 *
 * @param share the part of these inputs that this call is to try
 */
export async function always<T>(
  kind: Kind,
  inputs: fc.Arbitrary<T>,
  statement: (input: T) => Promise<void>,
  share = 1,
): Promise<void> {
  const cases = Math.max(1, Math.round(kinds[kind] * TIMES * share));
  const began = performance.now();
  const property = fc.asyncProperty(inputs, statement);
  const findings: string[] = [];
  let done = 0;
  for (let seed = SEED; done < cases && findings.length < MOST_FINDINGS; seed++) {
    const result = await fc.check(property, {
      seed,
      numRuns: cases - done,
      // what fails over HTTP is small already, and shrinking it takes long
      endOnFailure: isLong,
    });
    done += result.numRuns;
    if (!result.failed) break;
    findings.push(`${String(result.errorInstance)}\n${await fc.asyncDefaultReportMessage(result)}`);
    // a short run is there to be repeated until it passes
    if (TIMES === 1) break;
  }
  tell({ kind, cases: done, findings: findings.length, seconds: (performance.now() - began) / 1000 });
  if (findings.length > 0) throw new Error(findings.join('\n\n'));
}

function tell(ran: Ran): void {
  if (REPORT !== undefined) appendFileSync(REPORT, `${JSON.stringify(ran)}\n`);
}
