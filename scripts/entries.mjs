// Writes the files that Node loads for the entry points which need packages that an application may lack: Node looks
// for all packages before it runs anything, so these ask first and load the entry point then.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

const dist = new URL('../dist/', import.meta.url);
const { ENTRY_PEERS } = await import(new URL('src/peers/entries.js', dist).href);

rmSync(new URL('entries', dist), { recursive: true, force: true });
mkdirSync(new URL('entries', dist), { recursive: true });
for (const [entry, packages] of Object.entries(ENTRY_PEERS)) {
  const path = `src/entries/${entry}.js`;
  const names = Object.keys(await import(new URL(path, dist).href));
  const lines = [
    `import { createRequire } from 'node:module';`,
    `import { assertInstalled } from '../src/peers/installed.js';`,
    `assertInstalled('nestjs-chatkit/${entry}', ${JSON.stringify(packages)});`,
    `export const { ${names.join(', ')} } = createRequire(import.meta.url)('../${path}');`,
  ];
  writeFileSync(new URL(`entries/${entry}.js`, dist), `${lines.join('\n')}\n`);
}
