import { execFile } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serverAccount } from '../../src/embedded-postgres/account.js';
import { installedBinaries } from '../../src/embedded-postgres/binaries.js';
import { keptCredentials } from '../../src/embedded-postgres/credentials.js';
import { initialise } from '../../src/embedded-postgres/initialise.js';
import { findPlace, type Place } from '../../src/embedded-postgres/place.js';

const DATA = 'postgres';
const CREDENTIALS = 'postgres.json';

/**
 * Puts into `directory` what an embedded database finds there at its second start: a copy of what is made once in a run, for
 * who does not look at the making, which takes ten times as long.
 */
export async function layDataFolder(directory: string): Promise<void> {
  const source = join(process.env['TEST_SCRATCH'] ?? directory, 'made');
  const [made, place] = [await placeIn(source), await placeIn(directory)];
  const credentials = join(source, CREDENTIALS);
  // two workers at once make one
  await initialise(made, await serverAccount(), {
    ...(await keptCredentials(credentials)),
    durable: false,
    signal: undefined,
  });
  await copyFile(credentials, join(directory, CREDENTIALS));
  // with the owner, which Node's own copy does not keep
  await promisify(execFile)('cp', ['-a', made.data, place.data]);
}

async function placeIn(directory: string): Promise<Place> {
  return findPlace(installedBinaries(), join(directory, DATA), await serverAccount());
}
