import { callOf, ScriptedModel } from '../../src/testing/scripted-model.js';
import { eventually } from '../app/support/eventually.js';
import { CapturedLogs } from './support/logs.js';
import { ADA, BOB, McpChat } from './support/mcp-chat.js';
import { McpTestServer } from './support/mcp-test-server.js';
import { TokenEndpoint } from './support/token-endpoint.js';

const exchangeOf = (count: number, { token }: typeof ADA): string => `exchanged-${count}-of-${token}`;

describe('An MCP server whose token is exchanged for the caller’s', () => {
  const model = new ScriptedModel({
    'Who am I': callOf('who-am-i', {}),
    'Tell the token': callOf('echo', {}),
    'Order o-1': callOf('order_status', { order: 'o-1' }),
  });
  let logs: CapturedLogs;
  let server: McpTestServer;
  let endpoint: TokenEndpoint;
  beforeEach(async () => {
    logs = new CapturedLogs();
    model.requests.length = 0;
    server = await McpTestServer.start({ header: 'authorization' });
    endpoint = await TokenEndpoint.start();
    for (const { token, userId } of [ADA, BOB]) {
      for (let count = 1; count < 6; count++) server.users.set(`exchanged-${count}-of-${token}`, userId);
    }
  });
  afterEach(async () => {
    logs[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
    await endpoint[Symbol.asyncDispose]();
  });

  const start = (exchange: object = {}, others: object = {}): Promise<McpChat> => {
    const client = { clientId: 'chat', clientSecret: 'client-secret' };
    const auth = { exchange: { tokenEndpoint: endpoint.url, ...client, ...exchange } };
    return McpChat.start(model, [{ name: 'orders', url: server.url, auth, ...others }]);
  };
  const toolsOf = (): string[] => model.requests.at(-1)?.tools.map(({ name }) => name) ?? [];

  it('gets that token, for which the endpoint is asked as the standard has it', async () => {
    await using chat = await start({
      audience: 'orders',
      resource: 'https://orders.example/',
      scope: 'read write',
    });
    expect((await chat.say('Who am I?')).text).toContain('You are u-ada.');
    expect(endpoint.asked).toEqual([
      {
        client: 'chat:client-secret',
        form: {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token: ADA.token,
          subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
          audience: 'orders',
          resource: 'https://orders.example/',
          scope: 'read write',
        },
      },
    ]);
    expect(server.sessions).toEqual([exchangeOf(1, ADA)]);
  });

  it('gets one token for each user, kept until shortly before it expires', async () => {
    await using chat = await start();
    for (const who of [ADA, BOB, ADA, BOB]) {
      expect((await chat.say('Who am I?', who)).text).toContain(`You are ${who.userId}.`);
    }
    expect(endpoint.asked.map(({ form }) => form['subject_token'])).toEqual([ADA.token, BOB.token]);
  });

  it.each([
    ['a moment from now', 20, 2],
    ['at a time that is not told', undefined, 1],
  ])('gets a new token for the next answer where one expires %s', async (_when, lifetime, exchanges) => {
    endpoint.lifetime = lifetime;
    await using chat = await start();
    await chat.say('Who am I?');
    await chat.say('Who am I?');
    expect(endpoint.asked).toHaveLength(exchanges);
  });

  it('has one exchange for all who ask at the same time in the name of one user', async () => {
    const gate = Promise.withResolvers<void>();
    endpoint.until = gate.promise;
    await using chat = await start();
    const answers = [ADA, ADA, ADA, BOB].map((who) => chat.say('Who am I?', who));
    await eventually('both users are asked for', async () => endpoint.asked.length >= 2);
    gate.resolve();
    const texts = await Promise.all(answers.map(async (answer) => (await answer).text));
    expect(texts.filter((text) => text.includes('You are u-ada.'))).toHaveLength(3);
    expect(endpoint.asked).toHaveLength(2);
  });

  it('has its token taken out of what it answers, as the caller’s own', async () => {
    await using chat = await start();
    const { text, events } = await chat.say('Tell the token');
    expect(text).toContain('The token is [redacted-');
    const told = JSON.stringify([model.requests, events]) + logs.text;
    for (const secret of [ADA.token, exchangeOf(1, ADA), 'client-secret']) expect(told).not.toContain(secret);
  });

  it('gets a new token after it has refused one', async () => {
    await using chat = await start();
    server.users.delete(exchangeOf(1, ADA));
    await chat.say('Hello');
    expect(toolsOf()).not.toContain('who-am-i');
    expect((await chat.say('Who am I?')).text).toContain('You are u-ada.');
    expect(endpoint.asked).toHaveLength(2);
  });

  it.each([
    ['refuses the caller', 400, 'invalid_grant', undefined],
    ['refuses the client', 401, 'invalid_client', { reason: 'token exchange: invalid_client' }],
    ['fails', 500, 'oops', { reason: 'token exchange: no answer that could be used' }],
  ])(
    'is left out, never with the caller’s own token, when the endpoint %s',
    async (_what, status, error, failure) => {
      const quote = { error, error_description: `no exchange for ${ADA.token}` };
      endpoint.refusal = { status, body: quote };
      await using chat = await start();
      const { error: failed } = await chat.say('Who am I?');
      expect([failed, toolsOf().includes('who-am-i'), server.sessions]).toEqual([undefined, false, []]);
      expect(logs.text).toMatch(/left out[^]*orders[^]*token exchange: /);
      expect(logs.text).not.toContain(ADA.token);
      const expected: unknown = failure && expect.objectContaining(failure);
      expect(chat.servers.status()).toEqual({ orders: expected });
    },
  );

  it('is left out when the endpoint gives no token, is silent, or is not there', async () => {
    endpoint.refusal = { status: 200, body: { token_type: 'Bearer' } };
    await using empty = await start();
    endpoint.until = new Promise(() => undefined);
    await using silent = await start({}, { connectTimeoutMs: 100 });
    await using absent = await start({ tokenEndpoint: 'http://127.0.0.1:1/token' });
    for (const chat of [silent, absent]) expect((await chat.say('Hello')).error).toBeUndefined();
    endpoint.until = Promise.resolve();
    expect((await empty.say('Hello')).error).toBeUndefined();
    expect([toolsOf().includes('who-am-i'), server.sessions]).toEqual([false, []]);
    expect(logs.text).not.toContain(ADA.token);
  });

  it('may get that token in the arguments of a call', async () => {
    const exchange = { tokenEndpoint: endpoint.url, clientId: 'chat' };
    await using open = await McpTestServer.start();
    open.users.set(exchangeOf(1, ADA), ADA.userId);
    const auth = { mode: 'arguments', exchange };
    await using chat = await McpChat.start(model, [{ name: 'orders', url: open.url, auth }]);
    expect((await chat.say('Order o-1?')).text).toContain('o-1 of u-ada is shipped');
    expect(open.calls).toEqual([{ order: 'o-1', access_token: exchangeOf(1, ADA), user_id: 'u-ada' }]);
    expect(endpoint.asked).toMatchObject([{ client: 'chat' }]);
  });
});
