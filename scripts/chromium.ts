import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { resolve, join } from 'node:path';
import chromium from '@sparticuz/chromium';

const CACHE = resolve('dist');
const MANIFEST = resolve('node_modules/@sparticuz/chromium/package.json');

/** Not the package's own flags: they turn web security off and put everything into one process. */
export const BROWSER_FLAGS = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'];

/** Path of Chromium: the one that CHROMIUM_PATH names, or that of its package, unpacked once for each version. */
export async function chromiumPath(): Promise<string> {
  const given = process.env['CHROMIUM_PATH'];
  const path = given ?? (await unpacked());
  if (!existsSync(path)) throw new Error('no Chromium here: set CHROMIUM_PATH');
  return path;
}

async function unpacked(): Promise<string> {
  const { version } = JSON.parse(await readFile(MANIFEST, 'utf8')) as { version: string };
  const directory = join(CACHE, `chromium-${version}`);
  if (existsSync(directory)) return join(directory, 'chromium');
  await mkdir(CACHE, { recursive: true });
  const work = await mkdtemp(join(CACHE, '.chromium-'));
  const temporary = process.env['TMPDIR'];
  // the package unpacks into the temporary folder, whatever lies there already
  process.env['TMPDIR'] = work;
  try {
    await chromium.executablePath();
    // another run may have been quicker; what it unpacked is the same
    await rename(work, directory).catch(() => rm(work, { recursive: true }));
  } finally {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  }
  return join(directory, 'chromium');
}
