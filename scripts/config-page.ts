import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { configTables, withTables } from './config-table.js';

// compiled to dist/scripts
const page = fileURLToPath(new URL('../../docs/configuration.md', import.meta.url));
const text = await readFile(page, 'utf8');
await writeFile(page, withTables(text, configTables()));
