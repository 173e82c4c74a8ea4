import { fileURLToPath } from 'node:url';
import { callOf, ScriptedModel } from '../../src/testing/scripted-model.js';
import { childEnvironment } from '../support/child-environment.js';
import { CapturedLogs } from './support/logs.js';
import { ADA, BOB, McpChat } from './support/mcp-chat.js';

const script = fileURLToPath(new URL('support/mcp-stdio.mjs', import.meta.url));
const USERS = JSON.stringify({ [ADA.token]: ADA.userId, [BOB.token]: BOB.userId });
const local = {
  name: 'local',
  command: process.execPath,
  auth: { mode: 'arguments' },
  args: [script],
  env: { ...childEnvironment(), USERS },
  connectTimeoutMs: 60_000,
};

const processOf = (text: string): string | undefined => /process (\d+)/.exec(text)?.[1];

describe('An MCP server that is a command', () => {
  let logs: CapturedLogs;
  const model = new ScriptedModel({ Whose: callOf('whose', {}), Crash: callOf('crash', {}) });
  beforeEach(() => {
    logs = new CapturedLogs();
  });
  afterEach(() => logs[Symbol.dispose]());

  it('is one process that is told in each call who makes it', async () => {
    await using chat = await McpChat.start(model, [local]);
    const answers = await Promise.all([chat.say('Whose?', ADA), chat.say('Whose?', BOB)]);
    const [ada, bob] = answers.map(({ text }) => text);
    expect([ada, bob]).toEqual([expect.stringContaining('for u-ada'), expect.stringContaining('for u-bob')]);
    expect(processOf(ada ?? '')).toBe(processOf(bob ?? ''));
    expect(JSON.stringify(model.requests)).not.toMatch(/canary|access_token/);
  });

  it('is started again when it has ended, and ends with the application', async () => {
    const chat = await McpChat.start(model, [local]);
    const first = processOf((await chat.say('Whose?')).text);
    expect((await chat.say('Crash!')).text).toContain('failed and gave no result');
    const second = processOf((await chat.say('Whose?')).text);
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
    await chat[Symbol.asyncDispose]();
    expect(() => process.kill(Number(second), 0)).toThrow(/ESRCH/);
  });

  it('is left out when there is no such command', async () => {
    await using chat = await McpChat.start(model, [{ ...local, command: '/nowhere/tool' }]);
    expect((await chat.say('Hello')).error).toBeUndefined();
    expect(chat.servers.status()).toMatchObject({ local: { reason: 'connection' } });
  });
});
