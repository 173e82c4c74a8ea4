import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const CACHE = join(ROOT, 'dist/harness');
const SOURCES = ['package-lock.json', 'web/element'];
/** The page that gives the wrapper the options of a test. */
const HARNESS_PAGE = 'test/browser/harness/page';
/** Milliseconds after which a build that nobody has asked for again is deleted; another run may still serve it. */
const KEEP = 3_600_000;

const run = promisify(execFile);

/** Folders of another copy of React than the installed one. */
export interface ReactCopy {
  readonly react: string;
  readonly reactDom: string;
}

/** What is built besides the element. */
export interface HarnessBuild {
  /** Default: the installed React. */
  readonly react?: ReactCopy | undefined;
  /** Folder of the page, in the project. Default: the harness's own. */
  readonly page?: string;
  /** Further folders that the page is made of. */
  readonly sources?: readonly string[];
}

/**
 * Puts the element and a page together, unless the same sources have been before.
 *
 * @returns a folder as the application takes it for `webDirectory`
 */
export async function buildHarness({
  react: copy,
  page = HARNESS_PAGE,
  sources = [],
}: HarnessBuild = {}): Promise<string> {
  const react = copy ? { HARNESS_REACT: copy.react, HARNESS_REACT_DOM: copy.reactDom } : {};
  const hash = await digest([...SOURCES, page, ...sources], JSON.stringify(react));
  const directory = join(CACHE, hash);
  if (await askedFor(directory)) return directory;
  await mkdir(CACHE, { recursive: true });
  await sweep();
  const work = await mkdtemp(join(CACHE, '.building-'));
  try {
    await Promise.all([
      // the command that runs the tests has built it from these very sources
      cp(join(ROOT, 'dist/web/element'), join(work, 'element'), { recursive: true }),
      vite(`${page}/vite.config.ts`, join(work, 'portal'), {
        NODE_ENV: 'development',
        ...react,
      }),
    ]);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
  // Another worker may have been quicker; its build is the same.
  await rename(work, directory).catch(() => rm(work, { recursive: true, force: true }));
  return directory;
}

async function vite(config: string, outDir: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const command = join(ROOT, 'node_modules/vite/bin/vite.js');
  await run(process.execPath, [command, 'build', '--config', config, '--outDir', outDir, '--emptyOutDir'], {
    cwd: ROOT,
    env: { ...process.env, ...environment, NODE_OPTIONS: '' },
  });
}

async function digest(paths: readonly string[], variant: string): Promise<string> {
  const hash = createHash('sha256').update(variant);
  for (const path of paths) {
    for (const file of await filesOf(path)) hash.update(file).update(await readFile(join(ROOT, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function filesOf(path: string): Promise<string[]> {
  if ((await stat(join(ROOT, path))).isFile()) return [path];
  const entries = await readdir(join(ROOT, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    .toSorted();
}

/** Whether the build is there; it is then kept for longer. */
async function askedFor(directory: string): Promise<boolean> {
  const now = new Date();
  return utimes(directory, now, now).then(
    () => true,
    () => false,
  );
}

async function sweep(): Promise<void> {
  const now = Date.now();
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    const { mtimeMs } = await stat(path);
    if (now - mtimeMs > KEEP) await rm(path, { recursive: true, force: true });
  }
}
