import { randomUUID } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AgentScenario } from './agent-scenario.js';
import { runAgentScenario } from './run-agent-scenario.js';
import { runScenario } from './run-scenario.js';
import type { Scenario } from './scenario.js';
import { openStore, type OpenedStore } from './stores.js';

const USAGE = 'usage: conformance [--store memory|postgres] [--isolation row|schema] DIR_OR_FILE...';

async function scenarioFiles(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const names = await readdir(path);
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(path, name));
}

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      store: { type: 'string', default: 'memory' },
      isolation: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new Error(USAGE);
  const files = (await Promise.all(positionals.map(scenarioFiles))).flat();
  const opened = await openStore(values.store, values.isolation, process.env);
  let failed = 0;
  try {
    for (const file of files) {
      const differences = await runFile(file, opened.store);
      if (differences.length === 0) continue;
      failed++;
      print(`FAILED ${file}\n  ${differences.join('\n  ')}\n`);
    }
  } finally {
    await opened.close();
  }
  print(`${files.length - failed} passed, ${failed} failed`);
  return failed === 0 && files.length > 0;
}

async function runFile(file: string, store: OpenedStore['store']): Promise<string[]> {
  try {
    return await runAny(JSON.parse(await readFile(file, 'utf8')) as Scenario | AgentScenario, store);
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

/** A scenario of the server family has steps, one of the agents family has turns. */
async function runAny(scenario: Scenario | AgentScenario, store: OpenedStore['store']): Promise<string[]> {
  if ('steps' in scenario) return runScenario(scenario, store, randomUUID());
  if ('turns' in scenario) return runAgentScenario(scenario, store, randomUUID());
  return ['not a scenario: it has neither steps nor turns'];
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

try {
  process.exitCode = (await main()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
