import { execFile } from 'node:child_process';
import { chown, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { serverAccount, type Account } from '../../../src/embedded-postgres/account.js';
import { freePort } from '../../support/free-port.js';
import { makeScratch } from '../../support/scratch.js';

const run = promisify(execFile);
const ADMIN = 'chatkit_ci';

/** Folder of PostgreSQL's programs, of those that can copy a running server. */
function programs(): string {
  const folder = process.env['TEST_POSTGRES_BIN'];
  if (folder === undefined) throw new Error('TEST_POSTGRES_BIN names no folder');
  return folder;
}

class Server {
  constructor(
    readonly data: string,
    readonly port: number,
    private readonly account: Account | undefined,
  ) {}

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  async program(name: string, ...args: string[]): Promise<void> {
    await run(join(programs(), name), args, { ...this.account, cwd: '/' });
  }

  /** Runs it; with a standby, what it acknowledges is there, too. */
  async start(...settings: string[]): Promise<void> {
    const own = [
      `port=${this.port}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=100',
      ...settings,
    ];
    const options = own.map((setting) => `-c ${setting}`).join(' ');
    // its output would keep us from seeing the end of pg_ctl
    await this.program('pg_ctl', '-D', this.data, '-w', '-l', `${this.data}.log`, '-o', options, 'start');
  }

  async query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: `postgres://${ADMIN}@${this.host}/postgres` });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }
}

/** A primary and its synchronous standby, which take each other's place. */
export class PostgresPair {
  private constructor(
    private readonly directory: string,
    private primary: Server,
    private standby: Server,
  ) {}

  static async start(): Promise<PostgresPair> {
    const directory = await makeScratch();
    const account = await serverAccount();
    if (account !== undefined) await chown(directory, account.uid, account.gid);
    const server = async (name: string): Promise<Server> =>
      new Server(join(directory, name), await freePort(), account);
    const pair = new PostgresPair(directory, await server('a'), await server('b'));
    const { primary } = pair;
    await primary.program('initdb', '-D', primary.data, '--auth=trust', `--username=${ADMIN}`, '--no-sync');
    await primary.start();
    await pair.follow();
    return pair;
  }

  /** Both hosts, as libpq writes them; the one that is down or a standby first. */
  get url(): string {
    return `postgres://${ADMIN}@${this.standby.host},${this.primary.host}/postgres?target_session_attrs=read-write`;
  }

  /** Ends the primary at once. */
  async kill(): Promise<void> {
    await this.primary.program('pg_ctl', '-D', this.primary.data, '-m', 'immediate', '-w', 'stop');
  }

  /** Makes the standby the primary. */
  async promote(): Promise<void> {
    await this.standby.program('pg_ctl', '-D', this.standby.data, '-w', 'promote');
    [this.primary, this.standby] = [this.standby, this.primary];
  }

  /** Makes the other one a standby again, as a copy of the primary, for whom commits wait. */
  async follow(): Promise<void> {
    const { primary, standby } = this;
    await rm(standby.data, { recursive: true, force: true });
    const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', ADMIN];
    await standby.program('pg_basebackup', '-D', standby.data, '-R', '-X', 'stream', '-c', 'fast', ...from);
    await standby.start();
    await this.set('synchronous_standby_names', '*');
  }

  /** Sets what the primary goes by from now on; its standby, should it be promoted, waits for nobody. */
  async set(name: string, value: string | undefined): Promise<void> {
    const change = value === undefined ? `RESET ${name}` : `SET ${name} = '${value}'`;
    await this.primary.query(`ALTER SYSTEM ${change}`);
    await this.primary.query('SELECT pg_reload_conf()');
  }

  async remove(): Promise<void> {
    for (const { data, program } of [this.primary, this.standby].map((server) => ({
      data: server.data,
      program: server.program.bind(server),
    }))) {
      await program('pg_ctl', '-D', data, '-m', 'immediate', 'stop').catch(() => undefined);
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}
