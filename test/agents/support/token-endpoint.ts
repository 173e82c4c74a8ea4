import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the endpoint is asked for, and by which client. */
export interface Asked {
  readonly client: string | undefined;
  readonly form: Readonly<Record<string, string>>;
}

/** A token endpoint that exchanges tokens (RFC 8693): `T` becomes `exchanged-N-of-T`. */
export class TokenEndpoint implements AsyncDisposable {
  readonly asked: Asked[] = [];
  /** What it refuses with, if it does. */
  refusal: { readonly status: number; readonly body: object } | undefined;
  /** Seconds for which its tokens are good. */
  lifetime: number | undefined = 3600;
  /** What it waits for before it answers. */
  until: Promise<void> = Promise.resolve();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  static async start(): Promise<TokenEndpoint> {
    const endpoint = new TokenEndpoint();
    endpoint.#server.listen(0, '127.0.0.1');
    await once(endpoint.#server, 'listening');
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/token`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const [, basic] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
    const client =
      basic === undefined ? form['client_id'] : decodeURIComponent(Buffer.from(basic, 'base64').toString());
    this.asked.push({ client, form });
    const token = `exchanged-${this.asked.length}-of-${form['subject_token']}`;
    await this.until;
    const { status, body } = this.refusal ?? {
      status: 200,
      body: {
        access_token: token,
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        token_type: 'Bearer',
        ...(this.lifetime !== undefined && { expires_in: this.lifetime }),
      },
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
