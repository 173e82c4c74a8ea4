import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { configTable, withTable } from './config-table.js';

// compiled to dist/scripts
const readme = fileURLToPath(new URL('../../README.md', import.meta.url));
const text = await readFile(readme, 'utf8');
await writeFile(readme, withTable(text, configTable()));
