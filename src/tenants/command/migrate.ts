import type { MigrateOptions, MigrateOutcome, TenantMigrations } from '../migrate/tenant-migrations.js';

type Say = (line: string) => void;

/** Tells whose schemas are not up to date. @returns whether all are */
export async function tellOutdated(migrations: TenantMigrations, say: Say): Promise<boolean> {
  const { schemas, outdated } = await migrations.status();
  for (const tenantId of outdated) say(`${tenantId}: not up to date`);
  say(`${schemas - outdated.length} of ${schemas} schemas of tenants are up to date`);
  return outdated.length === 0;
}

/** Migrates the schemas of all tenants, and tells of each. @returns whether all of them are up to date now */
export async function migrateAll(
  migrations: TenantMigrations,
  say: Say,
  options: MigrateOptions = {},
): Promise<boolean> {
  let done = 0;
  let failed = 0;
  const tell = ({ tenantId, failure, isPassing }: MigrateOutcome): void => {
    if (failure === undefined) done += 1;
    else if (!isPassing) failed += 1;
    const again = isPassing ? ', and will be tried again' : '';
    say(`${tenantId}: ${failure === undefined ? 'migrated' : `failed${again}: ${failure}`}`);
  };
  await migrations.run(tell, options);
  say(`${done} schemas of tenants migrated, ${failed} failed`);
  const isStopped = options.signal?.aborted === true;
  if (isStopped) say('Stopped: the same command goes on');
  return failed === 0 && !isStopped;
}
