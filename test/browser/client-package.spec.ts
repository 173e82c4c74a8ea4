import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { publint } from 'publint';
import { expect } from './expect.js';

const CLIENT = join(import.meta.dirname, '../../web/client');
const VITE = join(import.meta.dirname, '../../node_modules/vite/bin/vite.js');
const KILOBYTE = 1000;

const run = promisify(execFile);

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'chatkit-client-'));
});

afterAll(() => rm(scratch, { recursive: true, force: true }));

interface PageBuild {
  readonly define?: Readonly<Record<string, string>>;
  readonly alias?: Readonly<Record<string, string>>;
}

/** What a page's build makes of the module. */
async function bundled(
  source: string,
  { define = {}, alias = {} }: PageBuild = {},
): Promise<{ path: string; text: string }> {
  const entry = join(scratch, 'entry.ts');
  const config = {
    define,
    resolve: { alias: { 'nestjs-chatkit-react': join(CLIENT, 'index.ts'), ...alias } },
    build: {
      outDir: join(scratch, 'out'),
      emptyOutDir: true,
      target: 'es2022',
      lib: { entry, formats: ['es'], fileName: 'page' },
      rollupOptions: { external: ['react', 'react/jsx-runtime', '@openai/chatkit-react'] },
    },
  };
  await writeFile(entry, source);
  await writeFile(join(scratch, 'package.json'), '{"type":"module"}');
  await writeFile(join(scratch, 'vite.config.js'), `export default ${JSON.stringify(config)};`);
  // a process of its own: what bundles is native, and knows no values of a test's realm
  await run(process.execPath, [VITE, 'build', '--logLevel', 'warn'], {
    cwd: scratch,
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
  });
  const path = join(scratch, 'out/page.js');
  return { path, text: await readFile(path, 'utf8') };
}

/** The snippet of the README for a way of building pages. */
async function snippet(name: string): Promise<string> {
  const readme = await readFile(join(CLIENT, 'README.md'), 'utf8');
  const found = new RegExp('```ts ' + name + '\n([\\s\\S]*?)```').exec(readme)?.[1];
  if (found === undefined) throw new Error(`the README has no snippet for ${name}`);
  return found;
}

/** What the built module exports, by a name that no other test has loaded. */
async function exportsOf({ path }: { path: string }, name: string): Promise<Record<string, unknown>> {
  const copy = join(scratch, `${name}.mjs`);
  await writeFile(copy, await readFile(path));
  return (await import(pathToFileURL(copy).href)) as Record<string, unknown>;
}

describe('The package of the React library', () => {
  it('holds modules with their types and a style sheet, and nothing else', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: CLIENT });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const kinds = files.map(({ path }) =>
      path.replace(/^dist\/web\/client\/[\w-]+(?=\.)/, 'dist/web/client/*'),
    );
    expect([...new Set(kinds)].toSorted()).toEqual([
      'LICENSE',
      'README.md',
      'dist/src/auth/session/return-path.d.ts',
      'dist/src/auth/session/return-path.js',
      'dist/web/client/*.d.ts',
      'dist/web/client/*.js',
      'package.json',
      'style.css',
    ]);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['dist/web/client/index.js', 'dist/web/client/index.d.ts']),
    );
  });

  it('takes React and the wrapper from the page, and leaves no mistakes to a bundler', async () => {
    const described = JSON.parse(await readFile(join(CLIENT, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    expect(described).toMatchObject({ type: 'module', peerDependencies: { react: '>=18' } });
    expect(described).not.toHaveProperty('dependencies');
    const { messages } = await publint({ pkgDir: CLIENT, pack: 'npm', strict: true });
    expect(messages).toEqual([]);
  });
});

describe('The React library in a page that is built', () => {
  it('weighs less than 6 kB with everything in it', async () => {
    const { text } = await bundled(`export * from 'nestjs-chatkit-react';`);
    expect(gzipSync(text, { level: 9 }).length).toBeLessThan(6 * KILOBYTE);
  });

  it('leaves nothing behind where nothing of it is used', async () => {
    const { text } = await bundled(`import 'nestjs-chatkit-react';\nexport const page = 1;`);
    expect(text).not.toContain('chatkit');
  });

  it('takes its configuration from Vite', async () => {
    await writeFile(join(scratch, '.env'), 'VITE_CHATKIT_URL=https://chat.test/chatkit\n');
    const page = await bundled(await snippet('vite'));
    expect(await exportsOf(page, 'vite')).toMatchObject({ config: { url: 'https://chat.test/chatkit' } });
  });

  it('takes its configuration from Next.js, and leaves no environment in the page', async () => {
    const page = await bundled(await snippet('next'), {
      define: {
        'process.env.NEXT_PUBLIC_CHATKIT_URL': '"/api/chatkit"',
        'process.env.NEXT_PUBLIC_CHATKIT_SCRIPT_URL': '"/chatkit.js"',
        'process.env.NEXT_PUBLIC_CHATKIT_HEALTH_URL': 'undefined',
        'process.env.NEXT_PUBLIC_CHATKIT_LOGIN_URL': '"/api/auth/login"',
      },
    });
    expect(page.text).not.toContain('process.env');
    expect(await exportsOf(page, 'next')).toMatchObject({
      config: { url: '/api/chatkit', scriptUrl: '/chatkit.js', loginUrl: '/api/auth/login' },
    });
  });

  it('takes its configuration from Docusaurus', async () => {
    const context = join(scratch, 'context.ts');
    await writeFile(
      context,
      `export default () => ({ siteConfig: { customFields: { chatkit: { url: '/chatkit' } } } });`,
    );
    const page = await bundled(await snippet('docusaurus'), {
      alias: { '@docusaurus/useDocusaurusContext': context },
    });
    const { useChatKitConfig } = await exportsOf(page, 'docusaurus');
    expect((useChatKitConfig as () => unknown)()).toMatchObject({ url: '/chatkit' });
  });
});
