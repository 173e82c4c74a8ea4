import { administrator, type RunSql } from './administrator.js';

const FIRST_WITH_STRATEGIES = 150_000;

let made: Promise<string> | undefined;

/**
 * What follows CREATE DATABASE for one that has all tables: a copy of one that is migrated once in a run, by whichever
 * worker asks first.
 */
export function ofTemplate(migrate: (database: string) => Promise<void>): Promise<string> {
  return (made ??= make(templateName(), migrate));
}

/** Removes it at the end of a run, where the cluster goes on. */
export async function dropTemplate(): Promise<void> {
  await administrator((run) => run(`DROP DATABASE IF EXISTS ${templateName()}`));
}

function make(name: string, migrate: (database: string) => Promise<void>): Promise<string> {
  return administrator(async (run) => {
    await run(`SELECT pg_advisory_lock(hashtext($1))`, [name]);
    try {
      await makeOnce(run, name, migrate);
      return await asCopyOf(name, run);
    } finally {
      await run(`SELECT pg_advisory_unlock(hashtext($1))`, [name]);
    }
  });
}

/** What follows CREATE DATABASE for a copy of one that nobody is connected to. */
export async function asCopyOf(name: string, run: RunSql): Promise<string> {
  const [found] = await run(`SELECT current_setting('server_version_num')::int AS version`);
  // copying files is what takes the server the least
  const strategy = Number(found?.['version']) < FIRST_WITH_STRATEGIES ? '' : ' STRATEGY FILE_COPY';
  return ` TEMPLATE ${name}${strategy}`;
}

async function makeOnce(
  run: RunSql,
  name: string,
  migrate: (database: string) => Promise<void>,
): Promise<void> {
  const [found] = await run(`SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS made`, [name]);
  if (found?.['made'] !== true) {
    const draft = `${name}_draft`;
    await run(`CREATE DATABASE ${draft}`);
    await migrate(draft);
    await run(`ALTER DATABASE ${draft} RENAME TO ${name}`);
  }
}

function templateName(): string {
  const name = process.env['TEST_TEMPLATE'];
  if (name === undefined) throw new Error('The global set-up has not named a template');
  return name;
}
