import { tokenOf, type Person } from '../../app/support/tokens.js';

/** An answer, taken apart. */
export interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Somebody who uses the routes of administrators. */
export class AdminClient {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async of(url: string, person: Person, roles: readonly string[] = ['admin']): Promise<AdminClient> {
    return new AdminClient(url, await tokenOf(person, { roles }));
  }

  get(path: string): Promise<Reply> {
    return this.#send('GET', path);
  }

  put(path: string, body: unknown, headers?: Record<string, string>): Promise<Reply> {
    return this.#send('PUT', path, typeof body === 'string' ? body : JSON.stringify(body), headers);
  }

  delete(path: string): Promise<Reply> {
    return this.#send('DELETE', path);
  }

  /** Sends a form with one file. */
  upload(path: string, name: string, content: string): Promise<Reply> {
    const form = new FormData();
    form.set('file', new Blob([content]), name);
    return this.#send('POST', path, form, {});
  }

  async #send(
    method: string,
    path: string,
    body?: string | FormData,
    headers: Record<string, string> = { 'content-type': 'application/json' },
  ): Promise<Reply> {
    const response = await fetch(`${this.url}/chatkit/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Reply['body'] };
  }
}
