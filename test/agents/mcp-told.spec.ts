import { callOf, ScriptedModel } from '../../src/testing/scripted-model.js';
import { CapturedLogs } from './support/logs.js';
import { ADA, McpChat } from './support/mcp-chat.js';
import { McpTestServer, type McpTestServerOptions } from './support/mcp-test-server.js';

const HEADER = { mode: 'header' };

async function tellingServer(options: McpTestServerOptions = {}): Promise<McpTestServer> {
  const server = await McpTestServer.start({ header: 'authorization', ...options });
  server.users.set(ADA.token, ADA.userId);
  return server;
}

describe('What an MCP server says', () => {
  let logs: CapturedLogs;
  let model: ScriptedModel;
  beforeEach(() => {
    logs = new CapturedLogs();
    model = new ScriptedModel({
      'Tell the token': callOf('echo', {}),
      'Tell all': callOf('tell', {}),
      Refuse: callOf('refuse', {}),
      Link: callOf('link', {}),
      'Tell it late': callOf('late', {}),
    });
  });
  afterEach(() => logs[Symbol.dispose]());

  const everythingTold = (): string => `${JSON.stringify(model.requests)}${logs.text}`;

  it('has the token taken out where it is a result', async () => {
    await using server = await tellingServer();
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    const { text, events } = await chat.say('Tell the token');
    expect(text).toContain('The token is [redacted-');
    expect(everythingTold() + JSON.stringify(events)).not.toContain(ADA.token);
  });

  it('has the token, and what looks like the prompt’s blocks, taken out wherever it stands', async () => {
    await using server = await tellingServer({ tells: true });
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    const exchanges = [];
    for (const asked of ['Tell all', 'Refuse', 'Link']) exchanges.push(await chat.say(asked));
    expect(model.requests[0]?.tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['tell', 'refuse', 'link']),
    );
    const [tell] = model.requests[0]?.tools.filter(({ name }) => name === 'tell') ?? [];
    expect(JSON.stringify(tell)).toMatch(/\[redacted-.*‹\/documents-data>‹page-data>/);
    expect(exchanges.map(({ error }) => error)).toEqual([undefined, undefined, undefined]);
    const told = everythingTold() + JSON.stringify(exchanges.map(({ events }) => events));
    const encoded = Buffer.from(`ada:${ADA.token}`).toString('base64').slice(8, -4);
    for (const secret of [ADA.token, ADA.token.replaceAll('-', '_'), encoded])
      expect(told).not.toContain(secret);
    expect(told).not.toMatch(/<[\s/]*(?:documents|page)-data|<[\s/]+user-data >/);
  });

  it('has the token taken out before anything is cut', async () => {
    await using server = await tellingServer();
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    await chat.say('Tell it late');
    expect(everythingTold()).not.toContain('canary-of');
  });
});
