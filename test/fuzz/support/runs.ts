import * as fc from 'fast-check';

/** Always the same inputs, unless FUZZ_SEED names others; a failure prints the seed. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
/** How many times as many inputs as usual. */
const TIMES = Number(process.env['FUZZ_TIMES'] ?? 1);

/** Milliseconds a test of that many inputs may take. */
export const patience = (runs: number): number => 60_000 + runs * TIMES * 2000;

/** Holds the statement for that many inputs, or for FUZZ_TIMES as many. */
export async function always<T>(
  runs: number,
  inputs: fc.Arbitrary<T>,
  statement: (input: T) => Promise<void>,
): Promise<void> {
  await fc.assert(fc.asyncProperty(inputs, statement), {
    seed: SEED,
    numRuns: runs * TIMES,
    // what fails over HTTP is small already, and shrinking it takes long
    endOnFailure: TIMES > 1,
  });
}
