import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverAccount } from '../../../src/embedded-postgres/account.js';
import { freePort } from '../../support/free-port.js';
import { makeScratch } from '../../support/scratch.js';
import { Program } from './program.js';

/** One of the PgBouncers to try. */
export interface Release {
  readonly program: string;
  /** Whether it keeps prepared statements. */
  readonly keepsStatements: boolean;
}

export interface PgBouncerOptions {
  /** Statements it keeps for each connection; 0 keeps none. Default: 200 where the release can. */
  readonly statements?: number;
  /** Whether its connections take turns; as PgBouncer comes, the one that was given back last is given out first. Default true. */
  readonly takesTurns?: boolean;
  /** Connections to the database for each login. Default 3, fewer than the application asks for. */
  readonly size?: number;
}

/** A PgBouncer that pools transactions, and hands the connections out in turn, so that nobody keeps one. */
export class PgBouncer {
  #program: Program | undefined;

  private constructor(
    private readonly release: Release,
    private readonly directory: string,
    private readonly target: URL,
    private readonly port: number,
  ) {}

  /** Starts it before the database of that URL, whose login may use it. */
  static async start(
    release: Release,
    databaseUrl: string,
    options: PgBouncerOptions = {},
  ): Promise<PgBouncer> {
    const bouncer = new PgBouncer(release, await makeScratch(), new URL(databaseUrl), await freePort());
    await bouncer.startAgain(options);
    return bouncer;
  }

  /** The database's URL, or that of another login or database, through it. */
  through(databaseUrl: string = this.target.href): string {
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${this.port}`;
    return url.href;
  }

  get url(): string {
    return this.through();
  }

  get output(): string {
    return this.#program?.output ?? '';
  }

  async startAgain({ statements = 200, size = 3, takesTurns = true }: PgBouncerOptions = {}): Promise<void> {
    const { username, password, port } = this.target;
    const users = join(this.directory, 'users.txt');
    const settings = join(this.directory, 'pgbouncer.ini');
    await writeFile(users, `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`);
    const lines = [
      '[databases]',
      `* = host=127.0.0.1 port=${port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${this.port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      'pool_mode = transaction',
      `default_pool_size = ${size}`,
      'max_client_conn = 1000',
      `server_round_robin = ${takesTurns ? 1 : 0}`,
      ...(this.release.keepsStatements ? [`max_prepared_statements = ${statements}`] : []),
    ];
    await writeFile(settings, `${lines.join('\n')}\n`);
    const account = await serverAccount();
    this.#program = await Program.start(this.release.program, [settings], this.port, account);
  }

  /** Ends it at once; connections are cut. */
  async stop(): Promise<void> {
    // others wait for clients to leave
    await this.#program?.end('SIGQUIT');
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** The PgBouncers that `TEST_PGBOUNCERS` names, separated by spaces; `+` before one says that it keeps statements. */
export function releases(): Release[] {
  const named = (process.env['TEST_PGBOUNCERS'] ?? '').split(' ').filter((name) => name !== '');
  if (named.length === 0) throw new Error('TEST_PGBOUNCERS names no PgBouncer');
  return named.map((name) => ({ program: name.replace(/^\+/, ''), keepsStatements: name.startsWith('+') }));
}
