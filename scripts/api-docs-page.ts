import { copyFileSync, cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

// Puts the page of `/api/docs` beside the other web parts, with those files that it needs of a package six times as large.

const FILES = ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE'];

// compiled to dist/scripts
const root = join(import.meta.dirname, '../..');
const folder = join(root, 'dist/web/api-docs');
const { resolve } = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'));
const source = dirname(resolve('swagger-ui-dist/package.json'));
rmSync(folder, { recursive: true, force: true });
cpSync(join(root, 'web/api-docs'), folder, { recursive: true });
for (const name of FILES) copyFileSync(join(source, name), join(folder, name));
