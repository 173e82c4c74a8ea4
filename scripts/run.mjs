// Makes the checkout ready (dependencies from the lock file, what changed built), then runs a command.
// Plain JavaScript for any Node: on a fresh clone there is nothing else yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const bin = join(root, 'node_modules', '.bin');
const PARENT_CHECK_MS = 500;
const suffix = process.platform === 'win32' ? '.cmd' : '';

/** What is built, from what, and how. */
const targets = [
  {
    name: 'server',
    inputs: ['src', 'test/conformance', 'scripts', 'bench', 'ormconfig.ts', '.swcrc', 'nest-cli.json'],
    only: /(?<!\.spec)\.(ts|json|widget)$|\.swcrc$/,
    clean: ['dist/src', 'dist/test', 'dist/scripts', 'dist/bench', 'dist/ormconfig.js'],
    command: ['nest', 'build'],
  },
  {
    name: 'application',
    inputs: ['src', 'scripts'],
    only: /(?<!\.spec)\.(ts|json)$/,
    clean: ['dist/server'],
    command: ['vite', 'build', '--config', 'scripts/server.vite.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'package',
    inputs: ['src', 'scripts'],
    only: /(?<!\.spec)\.ts$/,
    clean: ['dist/package'],
    command: ['vite', 'build', '--config', 'scripts/package.vite.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'entries',
    inputs: ['src', 'scripts'],
    only: /(?<!\.spec)\.ts$/,
    clean: ['dist/entries'],
    command: ['node', 'dist/scripts/entries.js'],
  },
  {
    name: 'element',
    inputs: ['web/element', 'src/chatkit/core/wire'],
    only: /(?<!\.spec)\.(tsx?|css|json|svg)$/,
    clean: ['dist/web/element'],
    command: ['vite', 'build', '--config', 'web/element/vite.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'client',
    inputs: ['web/client', 'src/auth/session/return-path.ts', 'tsconfig.json'],
    only: /(?<!\.spec)\.(tsx?|json)$/,
    clean: ['web/client/dist'],
    command: ['tsc', '-p', 'web/client/tsconfig.build.json'],
  },
  {
    name: 'portal',
    inputs: ['web/portal', 'web/client'],
    only: /(?<!\.spec)\.(tsx?|css|html|json|svg|png)$/,
    clean: ['dist/web/portal'],
    command: ['vite', 'build', '--config', 'web/portal/vite.config.ts', '--logLevel', 'warn'],
  },
  {
    name: 'page of the API',
    inputs: ['web/api-docs', 'scripts/api-docs-page.ts', 'package-lock.json'],
    only: /\.(html|js|ts|json)$/,
    clean: ['dist/web/api-docs'],
    command: ['node', 'dist/scripts/api-docs-page.js'],
  },
];

function filesOf(path, only) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return only.test(path) ? [path] : [];
  return readdirSync(path)
    .filter((name) => name !== 'dist')
    .sort()
    .flatMap((name) => filesOf(`${path}/${name}`, only));
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

function isCurrent(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === value;
}

function run(command, args, env = {}) {
  const shell = process.platform === 'win32';
  const result = spawnSync(command, args, { stdio: 'inherit', shell, env: { ...process.env, ...env } });
  if (result.status !== 0) {
    process.stderr.write(`${command} ${args.join(' ')} failed\n`);
    process.exit(result.status ?? 1);
  }
}

/** The packages that npm has listed in a lock file, by their folders; none when it cannot be read. */
function packagesIn(lockFile) {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages));
  } catch {
    return new Map();
  }
}

/**
 * Whether the lock file is installed, whoever has done it: when an installation is complete, npm lists in the
 * folder what is there. What is not made for this machine may be missing.
 */
function isInstalled() {
  const wanted = packagesIn('package-lock.json');
  const found = packagesIn('node_modules/.package-lock.json');
  wanted.delete('');
  for (const [folder, { version, integrity, optional }] of wanted) {
    const there = found.get(folder);
    if (there === undefined && optional) continue;
    if (there?.version !== version || there.integrity !== integrity) return false;
    if (!existsSync(join(folder, 'package.json'))) return false;
  }
  return [...found].every(([folder, { extraneous }]) => extraneous || wanted.has(folder));
}

function install() {
  if (isInstalled()) return;
  process.stdout.write('Installing dependencies from the lock file …\n');
  run(`npm${suffix}`, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

function build({ names = targets.map((target) => target.name), force = false } = {}) {
  mkdirSync('dist/.stamps', { recursive: true });
  for (const { name, inputs, only, clean, command } of targets) {
    if (!names.includes(name)) continue;
    const stamp = `dist/.stamps/${name}`;
    const wanted = digest(['package-lock.json', ...inputs.flatMap((path) => filesOf(path, only))]);
    if (!force && isCurrent(stamp, wanted)) continue;
    for (const path of clean) rmSync(path, { recursive: true, force: true });
    process.stdout.write(`Building the ${name} …\n`);
    // libraries for the browser choose their development half by this
    run(join(bin, command[0] + suffix), command.slice(1), { NODE_ENV: 'production' });
    writeFileSync(stamp, wanted);
  }
}

/** Runs a program in place of this one: its output, its signals, its exit code. */
function hand(program, args, env = {}) {
  const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

/**
 * npm starts scripts through a shell that does not pass signals on: when it is told to stop, we are left
 * behind. Having lost the parent counts as being told to stop.
 */
function stopWithParent() {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(look);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  look.unref();
}

const node = () => join(root, 'node_modules', 'node', 'bin', 'node');

function jest(args) {
  build();
  const options = [
    '--experimental-vm-modules',
    '--no-warnings',
    // a worker keeps all its modules: looking for garbage among them costs more than the garbage
    '--min-semi-space-size=32',
    '--max-semi-space-size=64',
    '--initial-old-space-size=600',
    // for threads that a test starts: they read our sources without Jest
    '--import=./test/support/jest/native-typescript.mjs',
    'node_modules/jest/bin/jest.js',
  ];
  hand(process.execPath, [...options, ...args]);
}

const commands = {
  /** Everything, or with --changed what is not built as it is now. */
  build: ([option]) => build({ force: option !== '--changed' }),
  start: async () => {
    process.env.NODE_ENV ??= 'development';
    build();
    await import(pathToFileURL(join(root, 'dist/server/main.js')).href);
  },
  jest,
  attack: async (args) => (await import('./attack.mjs')).attack(args, jest),
  test: (args) => jest([...args, '--selectProjects', 'quick', 'browser']),
  'test:quick': (args) => jest([...args, '--selectProjects', 'quick']),
  bench: (args) => {
    build();
    hand(process.execPath, ['dist/bench/index.js', ...args]);
  },
  soak: (args) => {
    build();
    hand(process.execPath, ['dist/bench/soak.js', ...args]);
  },
  'bench:element': (args) => jest([...args, '--runInBand', '--selectProjects', 'bench']),
  conformance: (args) => {
    build({ names: ['server'] });
    hand(process.execPath, ['dist/test/conformance/cli.js', ...args]);
  },
  'docs:config': () => {
    build({ names: ['server'] });
    hand(process.execPath, ['dist/scripts/config-page.js']);
  },
  sbom: (args) => {
    build({ names: ['server'] });
    hand(process.execPath, ['dist/scripts/supply-chain.js', ...args]);
  },
  release: ([verb = 'pack', ...args]) => {
    build();
    if (verb === 'version') run(join(bin, `changeset${suffix}`), ['version', ...args]);
    hand(process.execPath, ['dist/scripts/release.js', verb]);
  },
  screenshots: () => {
    build();
    hand(process.execPath, ['dist/scripts/screenshots/index.js']);
  },
  documents: (args) => {
    build({ names: ['server'] });
    hand(process.execPath, ['dist/src/app/documents-command.js', ...args]);
  },
  tenants: (args) => {
    build({ names: ['server'] });
    hand(process.execPath, ['dist/src/app/tenants-command.js', ...args]);
  },
  'backup:check': (args) => {
    build({ names: ['server'] });
    hand(process.execPath, ['dist/src/app/backup-check-command.js', ...args]);
  },
  database: (args) => {
    build({ names: ['server'] });
    hand(process.execPath, ['dist/src/app/database-command.js', ...args]);
  },
  migration: (args) => {
    const [verb, ...rest] = args;
    // the tables are not in one schema alone
    if (verb === 'run') {
      commands.tenants(['migrate', ...rest]);
      return;
    }
    build({ names: ['server'] });
    hand(process.execPath, [
      'node_modules/typeorm/cli.js',
      `migration:${verb}`,
      '-d',
      'dist/ormconfig.js',
      ...rest,
    ]);
  },
};

const [command = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(commands, command)) {
  process.stderr.write(`usage: run.mjs ${Object.keys(commands).join('|')}\n`);
  process.exit(2);
}
stopWithParent();
install();
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 15)) await commands[command](args);
// the machine's own Node is too old: go on with the one that was just installed
else
  hand(node(), [...process.execArgv, fileURLToPath(import.meta.url), command, ...args], {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
  });
