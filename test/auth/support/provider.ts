import { createServer } from 'node:http';
import { signingKey, signToken } from './issuer.js';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestClaims } from './issuer.js';

/** What the token endpoint was asked for. */
interface TokenRequest {
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
}

/** An OpenID provider that signs everybody in at once, as somebody whose claims the test decides. */
export class TestProvider {
  accessClaims: TestClaims = {};
  lastAuthorization: URLSearchParams | undefined;
  lastToken: TokenRequest | undefined;
  private nonce = '';
  private readonly key = signingKey('provider', 'RS256');
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request, response);
  });

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, 'localhost', resolve);
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname === '/authorize') {
      this.authorize(url.searchParams, response);
      return;
    }
    const body = await this.documentAt(url.pathname, request);
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  }

  private authorize(query: URLSearchParams, response: ServerResponse): void {
    this.lastAuthorization = query;
    this.nonce = query.get('nonce') ?? '';
    const back = new URL(query.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({ code: 'code', state: query.get('state') ?? '' }).toString();
    response.writeHead(302, { Location: back.href }).end();
  }

  private async documentAt(path: string, request: IncomingMessage): Promise<object | undefined> {
    switch (path) {
      case '/.well-known/openid-configuration':
        return {
          issuer: this.url,
          authorization_endpoint: `${this.url}/authorize`,
          token_endpoint: `${this.url}/token`,
          jwks_uri: `${this.url}/jwks`,
          end_session_endpoint: `${this.url}/logout`,
        };
      case '/jwks':
        return { keys: [(await this.key).publicJwk] };
      case '/token':
        return this.token(request);
      default:
        return undefined;
    }
  }

  private async token(request: IncomingMessage): Promise<object> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    this.lastToken = { authorization: request.headers.authorization, form: new URLSearchParams(text) };
    const now = Math.floor(Date.now() / 1000);
    const common = { iss: this.url, sub: 'user_7', iat: now, exp: now + 600 };
    return {
      token_type: 'Bearer',
      access_token: await signToken(await this.key, { ...common, aud: 'chat', ...this.accessClaims }),
      id_token: await signToken(await this.key, {
        ...common,
        aud: 'client-7',
        nonce: this.nonce,
        org_id: 'org_of_id_token',
      }),
    };
  }
}
