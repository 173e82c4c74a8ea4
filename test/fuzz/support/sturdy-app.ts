import { Logger } from '@nestjs/common';
import { startAttachmentsApp, type AttachmentsApp } from '../../attachments/support/attachments-app.js';
import { tokenOf } from '../../app/support/tokens.js';
import { CollectedLog } from '../../http/collected-log.js';

const OPERATORS = 'platform';

/** What a request may bring besides its path. */
export interface Asked {
  /** Who asks. Default: an administrator. */
  readonly as?: 'admin' | 'operator';
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData | Uint8Array<ArrayBuffer>;
}

/** An answer that was found in order. */
export interface Answered {
  readonly status: number;
  readonly text: string;
}

interface Refusal {
  readonly error?: { readonly code?: unknown; readonly message?: unknown; readonly correlation_id?: unknown };
}

/** The whole application, asked by an administrator or an operator; every answer is checked for what all answers must be. */
export class SturdyApp {
  readonly #log = new CollectedLog();

  private constructor(
    readonly app: AttachmentsApp,
    private readonly tokens: Readonly<Record<'admin' | 'operator', string>>,
  ) {
    Logger.overrideLogger(this.#log);
  }

  static async start(isolation: string): Promise<SturdyApp> {
    const app = await startAttachmentsApp({
      CHATKIT_DEMO: 'true',
      CHATKIT_ISOLATION: isolation,
      CHATKIT_DOCUMENT_BYTES: '100000',
      CHATKIT_ATTACHMENTS_WAITING: '10000',
      CHATKIT_OPERATOR_TENANT: OPERATORS,
    });
    const admin = await tokenOf({ tenant: 'org_aurora', user: 'ada' }, { roles: ['admin'] });
    const operator = await tokenOf({ tenant: OPERATORS, user: 'on-call' }, { roles: ['operator'] });
    return new SturdyApp(app, { admin, operator });
  }

  /** @throws Error when the server was at a loss: 5xx, no readable refusal, or an error in its log */
  async ask(
    path: string,
    { as = 'admin', method = 'GET', headers = {}, body }: Asked = {},
  ): Promise<Answered> {
    const logged = this.#log.of('error').length;
    const response = await fetch(`${this.app.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.tokens[as]}`, ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(25_000),
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const { status } = response;
    const errors = this.#log.of('error').slice(logged);
    const complaint =
      errors.length > 0 ? errors.join('\n') : status < 400 ? undefined : complaintAbout(status, text);
    if (complaint !== undefined) {
      throw new Error(`${method} ${path.slice(0, 200)}: ${status} ${text.slice(0, 1000)}\n${complaint}`);
    }
    return { status, text };
  }

  chat(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return this.ask('/chatkit', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  }

  async close(): Promise<void> {
    Logger.overrideLogger(false);
    await this.app.close();
  }
}

/** What this server cannot do at all is no failure. */
function complaintAbout(status: number, text: string): string | undefined {
  const { error } = parsed(text);
  const { code, message, correlation_id: id } = error ?? {};
  if ([code, message, id].some((part) => typeof part !== 'string' || part === '')) return 'is no refusal';
  return status < 500 || (status === 501 && code === 'unsupported') ? undefined : 'the server is at a loss';
}

function parsed(text: string): Refusal {
  try {
    return JSON.parse(text) as Refusal;
  } catch {
    return {};
  }
}
