import { callOf, ScriptedModel } from '../../src/testing/scripted-model.js';
import { CapturedLogs } from '../agents/support/logs.js';
import { ADA, McpChat } from '../agents/support/mcp-chat.js';
import { malice, MaliciousMcp } from './support/malicious-mcp.js';
import { always, patience } from './support/runs.js';

describe('An MCP server, whatever it answers,', () => {
  it(
    'does not keep an answer from its end, and brings no token anywhere',
    async () => {
      await using server = await MaliciousMcp.start();
      await always('mcp', malice, async (replies) => {
        using logs = new CapturedLogs();
        server.replies = replies;
        const model = new ScriptedModel({ Look: callOf('lookup', { id: 'a' }) });
        const auth = { mode: 'header' };
        await using chat = await McpChat.start(model, [{ name: 'evil', url: server.url, auth }], [], {
          toolTimeoutMs: 5000,
        });
        const { events } = await chat.say('Look it up');
        const types = events.map(({ type }) => type);
        expect(types.length).toBeGreaterThan(2);
        const last = events.at(-1);
        expect(['thread.item.done', 'thread.updated', 'error', 'stream_options']).toContain(last?.type);
        const told = JSON.stringify([events, model.requests]) + logs.text;
        expect(told).not.toContain(ADA.token);
        expect(told).not.toMatch(/<[\s/]*(?:documents|page|user)-data>\s*<user-data>/);
      });
    },
    patience('mcp', 5),
  );
});
