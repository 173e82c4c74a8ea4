import { once } from 'node:events';
import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ChatKitTool } from '../../src/agents/index.js';
import { McpServers } from '../../src/mcp/index.js';
import { eventually } from '../app/support/eventually.js';
import { freePort } from '../support/free-port.js';
import { CapturedLogs } from './support/logs.js';
import { ADA, BOB, McpChat } from './support/mcp-chat.js';
import { McpTestServer, type McpTestServerOptions } from './support/mcp-test-server.js';
import { callOf, ScriptedModel } from '../../src/testing/scripted-model.js';

const HEADER = { mode: 'header' };

const scripted = () =>
  new ScriptedModel({
    'Who am I': callOf('who-am-i', {}),
    'Order o-1': callOf('order_status', { order: 'o-1', access_token: 'made up', user_id: 'u-bob' }),
    'Tell the token': callOf('echo', {}),
    'Write a lot': callOf('long', {}),
    Wait: callOf('wait', {}),
  });

async function serverFor(options: McpTestServerOptions = {}): Promise<McpTestServer> {
  const server = await McpTestServer.start(options);
  server.users.set(ADA.token, ADA.userId).set(BOB.token, BOB.userId);
  return server;
}

async function abortOf(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

describe('An agent with the tools of an MCP server', () => {
  let logs: CapturedLogs;
  let model: ScriptedModel;
  beforeEach(() => {
    logs = new CapturedLogs();
    model = scripted();
  });
  afterEach(() => logs[Symbol.dispose]());

  /** Names of the tools that the model was offered last, without the one that every agent has. */
  const toolsOf = (): string[] => {
    const names = model.requests.at(-1)?.tools.map(({ name }) => name) ?? [];
    return names.filter((name) => name !== 'ask_user');
  };
  const everythingTold = (): string => `${JSON.stringify(model.requests)}${logs.text}`;

  it('calls them with the caller’s token in a header, and shows which one it uses', async () => {
    await using server = await serverFor({ header: 'authorization' });
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    const { text, events, error } = await chat.say('Who am I?');
    expect([text, error]).toEqual([expect.stringContaining('You are u-ada.'), undefined]);
    expect(events).toContainEqual({ type: 'progress_update', text: 'who-am-i…' });
    expect(server.sessions).toEqual([ADA.token]);
    expect(everythingTold()).not.toContain(ADA.token);
    await server.idle();
  });

  it('tells a server nothing of who asks unless it is told to', async () => {
    await using server = await serverFor();
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url }]);
    expect((await chat.say('Who am I?')).text).toContain('You are undefined.');
    expect((await chat.say('Order o-1?')).text).toContain('not allowed');
    expect(server.sessions).toEqual([undefined, undefined, undefined]);
    expect(server.calls).toEqual([{ order: 'o-1', access_token: 'made up', user_id: 'u-bob' }]);
  });

  it('takes another header, without a scheme', async () => {
    await using server = await serverFor({ header: 'x-token' });
    const auth = { mode: 'header', header: 'X-Token', scheme: '' };
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth }]);
    expect((await chat.say('Who am I?')).text).toContain('You are u-ada.');
  });

  it('gives each of two users who ask at the same time a session of their own, and never again', async () => {
    await using server = await serverFor({ header: 'authorization' });
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    const answers = await Promise.all(
      [ADA, BOB, ADA, BOB].map(async (who) => (await chat.say('Who am I?', who)).text),
    );
    const told = answers.map((text) => /You are ([\w-]+)/.exec(text)?.[1]);
    expect(told).toEqual(['u-ada', 'u-bob', 'u-ada', 'u-bob']);
    const sessionsOf = (user: typeof ADA) => server.sessions.filter((token) => token === user.token);
    expect([server.sessions, sessionsOf(ADA), sessionsOf(BOB)].map(({ length }) => length)).toEqual([
      4, 2, 2,
    ]);
    expect(server.mixedUp).toEqual([]);
    await server.idle();
  });

  it('asks for the tools once a minute for each caller, and then connects only to call one', async () => {
    await using server = await serverFor({ header: 'authorization' });
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    for (const who of [ADA, ADA, BOB, BOB]) await chat.say('Hello', who);
    expect(toolsOf()).toContain('who-am-i');
    expect(server.sessions).toEqual([ADA.token, BOB.token]);
    expect((await chat.say('Who am I?')).text).toContain('You are u-ada.');
    expect(server.sessions).toEqual([ADA.token, BOB.token, ADA.token]);
    await server.idle();
    server.users.delete(ADA.token);
    expect((await chat.say('Who am I?')).text).toContain('failed and gave no result');
    await chat.say('Hello');
    expect(toolsOf()).toEqual([]);
    expect(chat.servers.status()).toEqual({ orders: undefined });
  });

  it('fills arguments in that the model neither sees nor decides', async () => {
    await using server = await serverFor();
    const auth = { mode: 'arguments' };
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth }]);
    const { text } = await chat.say('Order o-1?');
    expect(text).toContain('o-1 of u-ada is shipped');
    expect(server.calls).toEqual([{ order: 'o-1', access_token: ADA.token, user_id: 'u-ada' }]);
    const [declared] = model.requests[0]?.tools.filter(({ name }) => name === 'order_status') ?? [];
    expect(declared).toMatchObject({ parameters: { properties: { order: {} }, required: ['order'] } });
    expect(JSON.stringify(declared)).not.toMatch(/access_token|user_id/);
    expect(everythingTold() + text).not.toContain(ADA.token);
  });

  it('cuts a result that is too long, and says so to the model', async () => {
    await using server = await serverFor();
    const auth = { mode: 'none' };
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth }]);
    const { text } = await chat.say('Write a lot');
    expect(text.length).toBeLessThan(41_000);
    expect(text).toContain('the result has 100000 characters');
    expect(server.sessions).toEqual([undefined]);
  });

  it('leaves a server out that does not let the caller in, and thinks no worse of it', async () => {
    await using server = await serverFor({ header: 'authorization' });
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    server.users.delete(ADA.token);
    const { error } = await chat.say('Hello');
    expect([error, toolsOf()]).toEqual([undefined, []]);
    expect(logs.text).toMatch(/left out[^]*orders[^]*http 401/);
    expect(logs.text).not.toContain(ADA.token);
    expect(chat.servers.status()).toEqual({ orders: undefined });
    expect((await chat.say('Who am I?', BOB)).text).toContain('You are u-bob.');
  });

  it('asks no server that wants a token in the name of somebody who has none', async () => {
    await using server = await serverFor();
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    const { error } = await chat.say('Hello', { userId: 'u-eve' });
    expect([error, toolsOf(), server.sessions]).toEqual([undefined, [], []]);
    expect(logs.text).toContain('no token');
  });

  it('goes on without a server that is absent, does not wait for it again, and finds it later', async () => {
    // nobody else is given the port while nobody listens
    const first = await serverFor({ header: 'authorization', port: await freePort() });
    const { port } = first;
    await using chat = await McpChat.start(model, [{ name: 'orders', url: first.url, auth: HEADER }]);
    await first[Symbol.asyncDispose]();
    const { error } = await chat.say('Hello');
    expect([error, toolsOf()]).toEqual([undefined, []]);
    expect(chat.servers.status()).toMatchObject({ orders: { reason: 'connection' } });
    await using again = await serverFor({ header: 'authorization', port });
    await eventually('the server is asked again', async () =>
      (await chat.say('Who am I?')).text.includes('You are u-ada.'),
    );
    expect(chat.servers.status()).toEqual({ orders: undefined });
    expect(again.sessions).toEqual([ADA.token]);
  });

  it('goes on without a server that does not answer in time', async () => {
    await using server = await serverFor({ silent: true });
    const slow = { name: 'slow', url: server.url, auth: HEADER, connectTimeoutMs: 100 };
    await using chat = await McpChat.start(model, [slow]);
    expect((await chat.say('Hello')).error).toBeUndefined();
    expect(chat.servers.status()).toMatchObject({ slow: { reason: 'timeout' } });
  });

  it('tells the model that a call took too long', async () => {
    await using server = await serverFor();
    // long enough for the call to have come, on a busy machine too
    const orders = { name: 'orders', url: server.url, timeoutMs: 500 };
    await using chat = await McpChat.start(model, [orders]);
    expect((await chat.say('Wait')).text).toContain('took too long');
    await abortOf(await server.waiting.promise);
  });

  it('ends a call when the user leaves, on the server too', async () => {
    await using server = await serverFor();
    await using chat = await McpChat.start(model, [{ name: 'orders', url: server.url, auth: HEADER }]);
    const client = new AbortController();
    const answer = chat.say('Wait', { ...ADA, signal: client.signal });
    const signal = await server.waiting.promise;
    client.abort();
    await answer;
    await abortOf(signal);
    await server.idle();
    expect(model.requests).toHaveLength(1);
  });

  it('offers only the tools that are allowed, under names that a model takes', async () => {
    await using server = await serverFor();
    const orders = { name: 'orders', url: server.url, tools: ['secret.admin', 'who-am-i'] };
    await using chat = await McpChat.start(model, [orders]);
    await chat.say('Hello');
    expect(toolsOf()).toEqual(['who-am-i', 'secret_admin']);
  });

  it('puts the server’s name before tools that another server or the application has too', async () => {
    @Injectable()
    class Own {
      @ChatKitTool({ name: 'echo', description: 'Ours.', parameters: z.object({}) })
      echo(): string {
        return 'ours';
      }
    }
    await using server = await serverFor();
    const tools = ['echo', 'long'];
    await using chat = await McpChat.start(
      model,
      [
        { name: 'a', url: server.url, tools },
        { name: 'b', url: server.url, tools: ['long'] },
      ],
      [Own],
    );
    expect((await chat.say('Tell the token')).text).toContain('ours');
    expect(toolsOf()).toEqual(['echo', 'a_echo', 'a_long', 'b_long']);
  });

  it('lets a provider add a server, with a token of its own', async () => {
    await using server = await serverFor({ header: 'authorization' });
    const { url } = server;
    @Injectable()
    class Team {
      constructor(servers: McpServers) {
        servers.add({ name: 'team', url, token: ({ userId }) => (userId === ADA.userId ? BOB.token : '') });
        expect(() => servers.add({ name: 'team', url })).toThrow(/"team": name is taken/);
        expect(() => servers.add({ name: 'x' })).toThrow(/"x": one of url and command/);
      }
    }
    await using chat = await McpChat.start(model, [], [Team]);
    expect((await chat.say('Who am I?')).text).toContain('You are u-bob.');
  });

  it('warns of a server that is reached without encryption over a network', async () => {
    await using chat = await McpChat.start(model, [
      { name: 'far', url: 'http://tools.example.test/mcp' },
      { name: 'near', url: 'http://localhost:1/mcp' },
    ]);
    expect(chat.servers.status()).toEqual({ far: undefined, near: undefined });
    expect(logs.text).toMatch(/without encryption[^}]*'far'/);
    expect(logs.text).not.toContain("'near'");
  });
});
