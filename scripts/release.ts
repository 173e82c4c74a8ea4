import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that carry the version of the first. */
const OTHERS = ['web/client', 'web/element'];
const RELEASE = 'dist/release';
/** What the element is packed from: its description is with the sources, and what is built is not. */
const ELEMENT = 'dist/element';

interface Described {
  readonly name: string;
  readonly version: string;
}

function described(folder: string): Described {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Described;
}

function npm(args: readonly string[], cwd: string): void {
  execFileSync('npm', args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
}

/** Gives all packages, and the lock file, the version that `changeset version` has given the first. */
function takeVersion(): void {
  const { version } = described('.');
  for (const folder of OTHERS) {
    const file = join(folder, 'package.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"version": "[^"]*"/, `"version": "${version}"`));
  }
  npm(['install', '--package-lock-only', '--ignore-scripts', '--loglevel=error'], '.');
}

/** Packs all of them, and writes what their tarballs are to be known by. */
function pack(): void {
  const { version } = described('.');
  for (const { name, version: other } of OTHERS.map(described))
    if (other !== version)
      throw new Error(`${name} is ${other}, and not ${version}: npm run release:version`);
  for (const folder of [RELEASE, ELEMENT]) rmSync(folder, { recursive: true, force: true });
  mkdirSync(RELEASE, { recursive: true });
  cpSync('dist/web/element', ELEMENT, { recursive: true });
  for (const file of ['package.json', 'README.md', 'LICENSE'])
    cpSync(join('web/element', file), join(ELEMENT, file));
  for (const folder of [ELEMENT, 'web/client', '.']) {
    npm(['pack', '--silent', '--pack-destination', join(process.cwd(), RELEASE)], folder);
  }
  const sums = readdirSync(RELEASE).map((tarball) => {
    const hash = createHash('sha256').update(readFileSync(join(RELEASE, tarball)));
    return `${hash.digest('hex')}  ${tarball}\n`;
  });
  writeFileSync(join(RELEASE, 'SHA256SUMS'), sums.join(''));
}

const [verb] = process.argv.slice(2);
if (verb === 'version') takeVersion();
else if (verb === 'pack') pack();
else throw new Error('usage: release.js version|pack');
