import { McpConfig } from './mcp.config.js';
import { ConfigError, loadConfig } from './validate.js';

const URL = 'https://tools.example/mcp';

function read(servers: unknown): McpConfig {
  const text = typeof servers === 'string' ? servers : JSON.stringify(servers);
  return loadConfig(McpConfig, { CHATKIT_MCP_SERVERS: text });
}

function problems(servers: unknown): readonly string[] {
  try {
    read(servers);
    return [];
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map(({ variable, problem }) => `${variable} ${problem}`);
    throw error;
  }
}

describe('McpConfig', () => {
  it('has no servers unless told', () => {
    expect(loadConfig(McpConfig, {}).servers).toEqual([]);
  });

  it('sends no credentials, and where it is to send them, the token as a bearer in the Authorization header', () => {
    const [server] = read([{ name: 'orders', url: URL }]).servers;
    expect(server).toMatchObject({
      name: 'orders',
      url: URL,
      authMode: 'none',
      auth: { header: 'Authorization', scheme: 'Bearer' },
      timeoutMs: 30_000,
      connectTimeoutMs: 5000,
    });
  });

  it('gives an exchanged token to a server in a header, and to a command, which has none, as an argument', () => {
    const exchange = { tokenEndpoint: 'https://id.example/token', clientId: 'chat', audience: 'orders' };
    const { servers } = read([
      { name: 'orders', url: URL, auth: { exchange } },
      { name: 'local', command: 'node', auth: { exchange } },
    ]);
    expect(servers.map(({ authMode }) => authMode)).toEqual(['header', 'arguments']);
  });

  it('takes the client that exchanges tokens from the environment where a server names none', () => {
    const tokenEndpoint = 'https://id.example/token';
    const { servers } = loadConfig(McpConfig, {
      CHATKIT_MCP_CLIENT_ID: 'chat',
      CHATKIT_MCP_CLIENT_SECRET: 's3cret',
      CHATKIT_MCP_SERVERS: JSON.stringify([
        { name: 'a', url: URL, auth: { exchange: { tokenEndpoint } } },
        { name: 'b', url: URL, auth: { exchange: { tokenEndpoint, clientId: 'other' } } },
      ]),
    });
    const clients = servers.map(({ auth }) => [auth.exchange?.clientId, auth.exchange?.clientSecret]);
    expect(clients).toEqual([
      ['chat', 's3cret'],
      ['other', undefined],
    ]);
  });

  it('gives a command the credentials in the arguments that it names', () => {
    const auth = { mode: 'arguments', arguments: { token: 'jwt' } };
    const [server] = read([
      { name: 'local', command: 'node', args: ['x.js'], env: { A: 'b' }, auth },
    ]).servers;
    expect(server).toMatchObject({
      authMode: 'arguments',
      auth: { arguments: { token: 'jwt', userId: 'user_id' } },
    });
  });

  it.each([
    ['no JSON', '[{', 'must be JSON'],
    ['no list', { name: 'a', url: URL }, 'must be a JSON list of servers'],
    ['something else than a server', ['a'], 'server 1 must be an object'],
    ['no name', [{ url: URL }], 'server 1: name must be 1 to 32'],
    [
      'two of one name',
      [
        { name: 'a', url: URL },
        { name: 'a', url: URL },
      ],
      'server "a": name is taken',
    ],
    ['an address that is none', [{ name: 'a', url: 'ftp://x' }], 'server "a": url must be a URL address'],
    ['neither address nor command', [{ name: 'a' }], 'server "a": one of url and command must be given'],
    ['both of them', [{ name: 'a', url: URL, command: 'x' }], 'server "a": one of url and command'],
    ['args without a command', [{ name: 'a', url: URL, args: ['x'] }], 'server "a": args and env belong'],
    ['an unknown key', [{ name: 'a', url: URL, token: 's3cret' }], 'server "a": token is not an option'],
    [
      'an unknown key inside',
      [{ name: 'a', url: URL, auth: { type: 's3cret' } }],
      'server "a": auth.type is not an option',
    ],
    ['an unknown mode', [{ name: 'a', url: URL, auth: { mode: 's3cret' } }], 'server "a": auth.mode must be'],
    ['auth that is no object', [{ name: 'a', url: URL, auth: 's3cret' }], 'server "a": auth'],
    [
      'a header for a command',
      [{ name: 'a', command: 'x', auth: { mode: 'header' } }],
      'server "a": auth.mode must be arguments, prompt or none',
    ],
    [
      'an exchange without a client',
      [{ name: 'a', url: URL, auth: { exchange: { tokenEndpoint: 'https://id.example/token' } } }],
      'server "a": auth.exchange.clientId must be given, or CHATKIT_MCP_CLIENT_ID',
    ],
    [
      'an exchange without an endpoint',
      [{ name: 'a', url: URL, auth: { exchange: { clientId: 's3cret' } } }],
      'server "a": auth.exchange.tokenEndpoint must be a URL address',
    ],
    [
      'an exchange for nothing',
      [{ name: 'a', url: URL, auth: { mode: 'none', exchange: { tokenEndpoint: URL, clientId: 'c' } } }],
      'server "a": auth.exchange needs another auth.mode than none',
    ],
    [
      'an exchange that is no object',
      [{ name: 'a', url: URL, auth: { exchange: 's3cret' } }],
      'server "a": auth',
    ],
    ['env that is no text', [{ name: 'a', command: 'x', env: { A: 1 } }], 'server "a": env must be'],
    ['a time that is too short', [{ name: 'a', url: URL, timeoutMs: 1 }], 'server "a": timeoutMs must'],
  ])('refuses %s, naming the variable and the server, without quoting values', (_what, servers, problem) => {
    const found = problems(servers);
    expect(found).toContainEqual(expect.stringContaining(`CHATKIT_MCP_SERVERS ${problem}`));
    expect(found.join()).not.toContain('s3cret');
  });
});
