import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startAttachmentsApp, type AttachmentsApp } from '../../attachments/support/attachments-app.js';
import { eventually } from '../../app/support/eventually.js';
import { AUTH_ENV, tokenOf } from '../../app/support/tokens.js';
import { INFLATED_BYTES } from '../../documents/support/inflated-bytes.js';
import { complaintAbout, type Answered } from './complaints.js';
import { isLong } from './runs.js';
import { CANARY, plantStrangers, rowsOfStrangers, type Belongings } from './strangers.js';
import { WatchedLog } from './watched-log.js';

const OPERATORS = 'platform';
/** What a start, and looking at everything at the end, may take on a machine that has other things to do. */
export const START_MS = 240_000;
/** What an application may have grown by after any number of inputs, in bytes. */
const MOST_GROWTH = 150_000_000;

/** Who sends a request: an administrator, an operator, a member without a role, or nobody that is known. */
export type Sender = 'admin' | 'operator' | 'member' | 'nobody';

/** What a request may bring besides its path. */
export interface Asked {
  /** Default: an administrator. */
  readonly as?: Sender;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData | Uint8Array<ArrayBuffer>;
}

/**
 * The whole application, in which strangers have things of theirs. Every answer and every log line is checked for what all must
 * be, and at the end what was taken is given back and what strangers have is as it was.
 */
export class SturdyApp {
  private constructor(
    readonly app: AttachmentsApp,
    readonly nest: NestExpressApplication,
    private readonly tokens: Readonly<Record<Sender, string>>,
    private readonly log: WatchedLog,
    readonly strangers: readonly Belongings[],
    private readonly before: { readonly rows: Record<string, unknown>; readonly heap: number },
  ) {}

  static async start(isolation: string): Promise<SturdyApp> {
    let nest: NestExpressApplication | undefined;
    const app = await startAttachmentsApp(
      {
        CHATKIT_DEMO: 'true',
        CHATKIT_ISOLATION: isolation,
        CHATKIT_DOCUMENT_BYTES: '100000',
        CHATKIT_DOCUMENT_INFLATED_BYTES: String(INFLATED_BYTES),
        CHATKIT_DOCUMENT_TIMEOUT_MS: '2000',
        CHATKIT_ATTACHMENTS_WAITING: '10000',
        CHATKIT_OPERATOR_TENANT: OPERATORS,
      },
      undefined,
      { prepare: (made) => (nest = made), readyWithinMs: START_MS },
    );
    if (nest === undefined) throw new Error('The application was not made');
    const ada = { tenant: 'org_aurora', user: 'ada' };
    const tokens = {
      admin: await tokenOf(ada, { roles: ['admin'] }),
      operator: await tokenOf({ tenant: OPERATORS, user: 'on-call' }, { roles: ['operator'] }),
      member: await tokenOf(ada),
      nobody: '',
    };
    const signatures = Object.values(tokens).flatMap((token) => token.split('.').slice(2));
    const log = new WatchedLog([CANARY, AUTH_ENV.AUTH_JWT_SECRET, ...signatures]);
    Logger.overrideLogger(log);
    const strangers = await plantStrangers(app);
    const before = { rows: await rowsOfStrangers(app.database), heap: heapAtStart() };
    return new SturdyApp(app, nest, tokens, log, strangers, before);
  }

  /** @throws Error when the server was at a loss, or told what it must not: see `complaintAbout` */
  async ask(
    path: string,
    { as = 'admin', method = 'GET', headers = {}, body }: Asked = {},
  ): Promise<Answered> {
    const token = this.tokens[as];
    const response = await fetch(`${this.app.url}${path}`, {
      method,
      headers: { ...(token !== '' && { authorization: `Bearer ${token}` }), ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
      ...(body !== undefined && { body }),
    });
    const answer = { status: response.status, text: await response.text(), headers: response.headers };
    this.requireNoComplaint(`${method} ${path.slice(0, 200)} as ${as}`, complaintAbout(answer), answer.text);
    return answer;
  }

  /** @throws Error with what was complained about, or with what the log says of errors and secrets */
  requireNoComplaint(what: string, complaint: string | undefined, text = ''): void {
    const complaints = [...(complaint === undefined ? [] : [complaint]), ...this.log.complaints()];
    if (complaints.length > 0) throw new Error(`${what}: ${complaints.join('\n')}\n${text.slice(0, 1000)}`);
  }

  chat(
    body: string | Uint8Array<ArrayBuffer>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answered> {
    return this.ask('/chatkit', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  }

  /** Sees to it that nothing was changed that is a stranger's, kept that was borrowed, or gathered without end. */
  async expectUnharmed(): Promise<void> {
    expect(await rowsOfStrangers(this.app.database)).toMatchObject(this.before.rows);
    const { database } = this.app;
    await eventually('no connection is at work', async () => {
      const busy = await database.query(
        `SELECT FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`,
      );
      return busy.length === 0;
    });
    expect((await this.ask('/health/ready', { as: 'nobody' })).status).toBe(200);
    expect(this.#grownBy()).toBeLessThan(MOST_GROWTH);
  }

  /** Sweeping takes long, and need not be where all that is there, swept or not, is little. */
  #grownBy(): number {
    const { heap } = this.before;
    const unswept = process.memoryUsage().heapUsed - heap;
    return unswept < MOST_GROWTH ? unswept : sweptHeap() - heap;
  }

  async close(): Promise<void> {
    Logger.overrideLogger(false);
    await this.app.close();
  }
}

/**
 * What later growth is told from. Garbage in it would hide as much growth, which may be where a few hundred inputs would have to
 * hold more than that together: only the many of a long run are worth a sweep before each.
 */
function heapAtStart(): number {
  return isLong ? sweptHeap() : process.memoryUsage().heapUsed;
}

/** What is used of the heap once it is swept. */
function sweptHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
