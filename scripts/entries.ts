import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { ENTRY_PEERS } from './entry-peers.js';

// Writes what Node loads for the entry points that need packages which an application may lack. Node looks for all
// packages before it runs anything, so that these ask first, and load the entry point then.

// compiled to dist/scripts
const dist = new URL('../', import.meta.url);
const folder = new URL('entries/', dist);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [entry, packages] of Object.entries(ENTRY_PEERS)) {
  const path = `package/${entry}.js`;
  const names = Object.keys((await import(new URL(path, dist).href)) as object);
  const lines = [
    `import { createRequire } from 'node:module';`,
    `import { assertInstalled } from '../package/installed.js';`,
    `assertInstalled('nestjs-chatkit/${entry}', ${JSON.stringify(packages)});`,
    `export const { ${names.join(', ')} } = createRequire(import.meta.url)('../${path}');`,
  ];
  writeFileSync(new URL(`${entry}.js`, folder), `${lines.join('\n')}\n`);
}
