import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/**
 * Sees to it that packages are there which only some applications need.
 *
 * @param part what needs them, as its users call it
 * @throws Error naming what to install
 */
export function assertInstalled(part: string, packages: readonly string[]): void {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  throw new Error(`${part} needs ${missing.join(' and ')}: npm install ${missing.join(' ')}`);
}

function isInstalled(name: string): boolean {
  try {
    resolve(name);
    return true;
  } catch (error) {
    // one that is there and exports nothing to `require` fails in another way
    return !(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND');
  }
}
