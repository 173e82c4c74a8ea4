import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, MaxLength, Min } from 'class-validator';
import { furtherDatabasesFrom, type FurtherDatabase } from './further-databases.js';
import { isPostgresUrl } from './postgres-url.js';
import { RuntimeConfig } from './runtime.config.js';
import { Env } from './validate.js';
import type { ConfigProblem, SelfChecking } from './validate.js';

const POSTGRES_URL = {
  message:
    'must begin with postgres:// or postgresql:// and name a host or a database; of target_session_attrs, ' +
    'read-write and primary are taken',
};
const SCHEMA_NAME = {
  message: 'must be lower-case letters, digits and underscores, begin with a letter, 20 characters at most',
};
const HOUR = 3_600_000;
const DATABASES = 'CHATKIT_DATABASES';

/** Where conversations are kept, and the limits on getting there. */
export class StoreConfig extends RuntimeConfig implements SelfChecking {
  @Env('CHATKIT_DATABASE_URL', {
    description:
      'PostgreSQL 14 or newer, as `postgres://user:password@host:port/database`; of several hosts, `host:port,host:port`, ' +
      'the one that takes writes is used, and looked for again when it is lost. Without a URL the embedded ' +
      'database serves in development, and chat is disabled in production.',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  @Matches(/^postgres(ql)?:\/\/\S+$/, POSTGRES_URL)
  readonly databaseUrl?: string;

  @Env('CHATKIT_MIGRATION_URL', {
    description:
      'The same database by the login that owns the tables, and past any pool of connections. The login of ' +
      '`CHATKIT_DATABASE_URL` then owns nothing; `npm run database -- logins` makes both.',
    defaultText: 'CHATKIT_DATABASE_URL',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  @Matches(/^postgres(ql)?:\/\/\S+$/, POSTGRES_URL)
  readonly migrationUrl?: string;

  @Env('CHATKIT_NOTIFY_URL', {
    description:
      'The same database past any pool of connections that shares them between transactions, where several replicas tell ' +
      'each other by LISTEN and NOTIFY of the answers they give.',
    defaultText: 'CHATKIT_DATABASE_URL',
    secret: true,
  })
  @IsOptional()
  @MaxLength(4096)
  @Matches(/^postgres(ql)?:\/\/\S+$/, POSTGRES_URL)
  readonly notifyUrl?: string;

  @Env(DATABASES, {
    description:
      'Further databases that tenants may be moved to, as JSON: `{"eu":{"url":"postgres://…"}}`, with `migrationUrl` where ' +
      'another login owns the tables. The one of `CHATKIT_DATABASE_URL` is called `home` and knows where each tenant is; ' +
      'see [several databases](operations/databases.md).',
    secret: true,
  })
  @MaxLength(64_000)
  readonly databases: string = '';

  @Env('CHATKIT_DATABASE_EMBEDDED', {
    description: 'Whether to run a PostgreSQL of its own when no database URL is set.',
    defaultText: 'true, in production false',
  })
  readonly embeddedDatabase?: boolean;

  @Env('CHATKIT_DATA_DIR', { description: 'Folder the embedded database keeps its data in.' })
  @MaxLength(1024)
  readonly dataDirectory: string = '.data';

  @Env('CHATKIT_DATABASE_SCHEMA', {
    description: 'Database schema of the tables; schemas of tenants begin with it.',
  })
  @Matches(/^[a-z][a-z0-9_]{0,19}$/, SCHEMA_NAME)
  readonly schema: string = 'chatkit';

  @Env('CHATKIT_ISOLATION', {
    description:
      'Where the rows of new tenants are: `row`: in one schema, kept apart by row-level security; `schema`: in a schema ' +
      'each. `npm run tenants` moves a tenant.',
  })
  @IsIn(['row', 'schema'])
  readonly isolation: 'row' | 'schema' = 'row';

  @Env('CHATKIT_MIGRATE_ON_START', {
    description:
      'Whether a start brings the tables up to date. Without, chat is unavailable until `npm run migration:run` has, and ' +
      'so it is for each tenant whose own schema is not up to date.',
  })
  @IsBoolean()
  readonly migrateOnStart: boolean = true;

  @Env('CHATKIT_POOL_MIN', { description: 'Database connections opened at start and kept open.' })
  @IsInt()
  @Min(0)
  @Max(1000)
  readonly poolMin: number = 2;

  @Env('CHATKIT_POOL_MAX', { description: 'Database connections at most.' })
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly poolMax: number = 10;

  @Env('CHATKIT_POOL_QUEUE_MAX', {
    description: 'Operations that may wait for a connection before more are refused.',
  })
  @IsInt()
  @Min(0)
  @Max(100_000)
  readonly poolQueueMax: number = 1000;

  @Env('CHATKIT_CONNECT_TIMEOUT', { description: 'Milliseconds to wait for a connection.' })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly connectTimeout: number = 5000;

  @Env('CHATKIT_STATEMENT_TIMEOUT', { description: 'Milliseconds a statement may take.' })
  @IsInt()
  @Min(100)
  @Max(HOUR)
  readonly statementTimeout: number = 10_000;

  @Env('CHATKIT_LOCK_TIMEOUT', { description: 'Milliseconds a statement may wait for a lock.' })
  @IsInt()
  @Min(10)
  @Max(HOUR)
  readonly lockTimeout: number = 5000;

  @Env('CHATKIT_IDLE_TIMEOUT', {
    description: 'Milliseconds after which an unused connection beyond CHATKIT_POOL_MIN is closed.',
  })
  @IsInt()
  @Min(1000)
  @Max(HOUR)
  readonly idleTimeout: number = 60_000;

  @Env('CHATKIT_PREPARED_STATEMENTS', {
    description:
      'Whether each database connection keeps its statements prepared. `false` for a pool of connections in front of the ' +
      'database that does not keep them: PgBouncer before 1.21, or with `max_prepared_statements = 0`.',
  })
  @IsBoolean()
  readonly preparedStatements: boolean = true;

  @Env('CHATKIT_PROBE_INTERVAL', {
    description: 'Milliseconds from one look at the database, by a connection beside the pool, to the next.',
  })
  @IsInt()
  @Min(100)
  @Max(HOUR)
  readonly probeInterval: number = 5000;

  @Env('CHATKIT_PROBE_TIMEOUT', {
    description:
      'Milliseconds in which the database must answer such a look and take a write; readiness says 503 otherwise.',
  })
  @IsInt()
  @Min(50)
  @Max(60_000)
  readonly probeTimeout: number = 3000;

  @Env('CHATKIT_PAGE_SIZE_MAX', { description: 'Most entries a page of threads or items holds.' })
  @IsInt()
  @Min(1)
  @Max(1000)
  readonly pageSizeMax: number = 100;

  @Env('CHATKIT_PAGE_BYTES_MAX', {
    description: 'Most bytes a page of threads or items holds; a greater entry comes alone.',
  })
  @IsInt()
  @Min(1024)
  @Max(1_000_000_000)
  readonly pageBytesMax: number = 4_000_000;

  /** Where the database comes from; `none` disables chat. */
  get source(): 'url' | 'embedded' | 'none' {
    if (this.databaseUrl !== undefined) return 'url';
    const embedded = this.embeddedDatabase ?? !this.production;
    return embedded ? 'embedded' : 'none';
  }

  /** The databases besides that of `databaseUrl`. */
  get furtherDatabases(): readonly FurtherDatabase[] {
    return furtherDatabasesFrom(this.databases, this.databaseUrl).databases;
  }

  /** Rules that span several variables. */
  problems(): readonly ConfigProblem[] {
    const found: ConfigProblem[] = [];
    if (this.databaseUrl !== undefined && !isPostgresUrl(this.databaseUrl)) {
      found.push({ variable: 'CHATKIT_DATABASE_URL', problem: POSTGRES_URL.message });
    }
    if (this.migrationUrl !== undefined && !isPostgresUrl(this.migrationUrl)) {
      found.push({ variable: 'CHATKIT_MIGRATION_URL', problem: POSTGRES_URL.message });
    }
    if (this.notifyUrl !== undefined && !isPostgresUrl(this.notifyUrl)) {
      found.push({ variable: 'CHATKIT_NOTIFY_URL', problem: POSTGRES_URL.message });
    }
    if (this.migrationUrl !== undefined && this.databaseUrl === undefined) {
      const problem = 'must not be set without CHATKIT_DATABASE_URL';
      found.push({ variable: 'CHATKIT_MIGRATION_URL', problem });
    }
    if (this.databaseUrl !== undefined && this.embeddedDatabase === true) {
      found.push({
        variable: 'CHATKIT_DATABASE_EMBEDDED',
        problem: 'must not be on together with CHATKIT_DATABASE_URL',
      });
    }
    for (const problem of furtherDatabasesFrom(this.databases, this.databaseUrl).problems) {
      found.push({ variable: DATABASES, problem });
    }
    if (this.databases !== '' && this.databaseUrl === undefined) {
      found.push({ variable: DATABASES, problem: 'must not be set without CHATKIT_DATABASE_URL' });
    }
    if (this.poolMin > this.poolMax) {
      found.push({ variable: 'CHATKIT_POOL_MIN', problem: 'must not be greater than CHATKIT_POOL_MAX' });
    }
    if (this.lockTimeout > this.statementTimeout) {
      found.push({
        variable: 'CHATKIT_LOCK_TIMEOUT',
        problem: 'must not be greater than CHATKIT_STATEMENT_TIMEOUT',
      });
    }
    return found;
  }
}
