import { tokenOf, type Person } from '../../app/support/tokens.js';

/** What an administrator's route answered. */
export interface AdminAnswer {
  readonly status: number;
  /** Undefined where there is none. */
  readonly body: unknown;
}

/** Somebody who uses the routes of administrators, entitled or not. */
export class Admin {
  private constructor(
    private readonly url: string,
    private readonly token: string | undefined,
  ) {}

  static async of(url: string, person?: Person, roles: readonly string[] = ['admin']): Promise<Admin> {
    return new Admin(`${url}/chatkit/admin/documents`, person && (await tokenOf(person, { roles })));
  }

  list(query = ''): Promise<AdminAnswer> {
    return this.#send(query, {});
  }

  /** Documents that are being taken in. */
  async uploads(): Promise<readonly { filename: string; state: string; bytes: number }[]> {
    const { body } = await this.#send('/uploads', {});
    return (body as { data: { filename: string; state: string; bytes: number }[] }).data;
  }

  delete(id: string): Promise<AdminAnswer> {
    return this.#send(`/${id}`, { method: 'DELETE' });
  }

  upload(
    filename: string,
    text: string | Uint8Array<ArrayBuffer>,
    fields: Record<string, string> = {},
    leaving?: AbortSignal,
  ): Promise<AdminAnswer> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    body.append('file', new Blob([text]), filename);
    return this.post(body, {}, leaving);
  }

  post(
    body: FormData | string,
    headers: Record<string, string> = {},
    leaving?: AbortSignal,
  ): Promise<AdminAnswer> {
    return this.#send('', { method: 'POST', body, headers, ...(leaving && { signal: leaving }) });
  }

  async #send(
    path: string,
    { headers: given = {}, ...init }: { headers?: Record<string, string> } & RequestInit,
  ): Promise<AdminAnswer> {
    const headers = new Headers(given);
    if (this.token !== undefined) headers.set('authorization', `Bearer ${this.token}`);
    const response = await fetch(`${this.url}${path}`, {
      signal: AbortSignal.timeout(60_000),
      ...init,
      headers,
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }
}
