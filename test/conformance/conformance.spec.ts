import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryStore } from '../../src/chatkit/core/index.js';
import { runScenario } from './run-scenario.js';
import type { Scenario } from './scenario.js';

const folder = join(import.meta.dirname, 'server');
const scenarios = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Scenario);

describe('The server over the in-memory store answers as the reference does', () => {
  it.each(scenarios)('$name', async (scenario) => {
    expect(await runScenario(scenario, new MemoryStore(), randomUUID())).toEqual([]);
  });
});

describe('The replay itself', () => {
  it('notices an answer that differs from the recording', async () => {
    const [first] = scenarios;
    const altered = JSON.parse(JSON.stringify(first).replaceAll('"output_text"', '"other_text"')) as Scenario;
    expect(await runScenario(altered, new MemoryStore(), randomUUID())).not.toEqual([]);
  });
});
