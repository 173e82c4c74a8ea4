import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Fuzzed inputs of each kind that the tests try where nothing else is asked for, in each of both isolations. */
const kinds = JSON.parse(readFileSync(join(import.meta.dirname, '../test/fuzz/support/kinds.json'), 'utf8'));
const USUAL_CASES = 2 * Object.values(kinds).reduce((sum, cases) => sum + cases, 0);

const ATTACK_USAGE = `usage: npm run attack -- [--cases NUMBER] [--seed NUMBER] [--only-fuzz]
  --cases      fuzzed inputs, all kinds and both isolations together; default: ${20 * USUAL_CASES}
  --seed       of the inputs; default: another one each time
  --only-fuzz  leaves out the attacks that are always the same
`;

function attackOptions(args) {
  const options = { cases: { type: 'string' }, seed: { type: 'string' }, 'only-fuzz': { type: 'boolean' } };
  const given = attempt(() => parseArgs({ args, options }).values) ?? { cases: 'none' };
  const cases = Number(given.cases ?? 20 * USUAL_CASES);
  const seed = Number(given.seed ?? process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  if (cases < 1 || ![cases, seed].every(Number.isInteger)) {
    process.stderr.write(ATTACK_USAGE);
    process.exit(2);
  }
  return { cases, seed, onlyFuzz: given['only-fuzz'] === true };
}

function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Tests whose inputs differ. */
const FUZZED = 'test/fuzz/(chatkit|identity|mcp|rest|routes|sockets|uploads)';

/** Attacks that are the same in each run. */
const SAME_ATTACKS = [
  'test/fuzz/worst-texts',
  'test/app/attacks',
  'test/app/isolation-layers',
  'test/app/canaries',
  'test/documents/hostile',
];

/** Runs the tests that attack, with as many fuzzed inputs as asked for, which differ from run to run. */
export function attack(args, jest) {
  const { cases, seed, onlyFuzz } = attackOptions(args);
  const report = join(tmpdir(), `nestjs-chatkit-attack-${process.pid}.jsonl`);
  process.env.FUZZ_TIMES = String(cases / USUAL_CASES);
  process.env.FUZZ_SEED = String(seed);
  process.env.FUZZ_REPORT = report;
  process.stdout.write(`about ${cases} fuzzed inputs, seed ${seed}\n`);
  process.on('exit', () => {
    if (existsSync(report)) process.stdout.write(attackSummary(readFileSync(report, 'utf8'), seed));
    rmSync(report, { force: true });
  });
  // one after the other: some attacks try what a machine that has nothing else to do can take
  const tests = onlyFuzz ? [FUZZED] : [FUZZED, ...SAME_ATTACKS, '--runInBand'];
  jest([...tests, '--selectProjects', 'quick']);
}

function attackRow([name, cases, findings, seconds]) {
  const columns = [cases, findings, Math.round(seconds)].map((number) => String(number).padStart(10));
  return `${name.padEnd(12)}${columns.join('')}`;
}

/** What was tried of each kind, what was found, and how to go on. */
function attackSummary(report, seed) {
  const lines = report
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const sums = Object.keys(kinds).map((kind) => {
    const ran = lines.filter((line) => line.kind === kind);
    const sum = (field) => ran.reduce((total, line) => total + line[field], 0);
    return [kind, sum('cases'), sum('findings'), sum('seconds')];
  });
  const total = [1, 2, 3].map((at) => sums.reduce((sum, row) => sum + row[at], 0));
  return [
    '',
    'kind             cases  findings   seconds',
    ...[...sums, ['all', ...total]].map(attackRow),
    `seed ${seed}; repeat it by --seed ${seed}, or go on by --seed ${seed + 1}`,
    '',
  ].join('\n');
}
