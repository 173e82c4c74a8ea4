import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transform } from '@swc/core';

const ROOT = join(import.meta.dirname, '../../..');
const HEADING = '## Use it in your application';
const PRELUDE = `
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  AuthConfig, authOptionsFrom, ChatKitAuthModule, ChatKitModule, ChatKitStoreModule, loadConfig,
  StoreConfig,
} from '${built('index.js')}';
import { AgentsConfig, ChatKitAgentsModule, ChatKitTool, RespondService } from '${built('agents.js')}';
import * as z from 'zod';

@Injectable()
class OrderDesk {
  @ChatKitTool({ name: 'order-status', description: 'How far it is.', parameters: z.object({ order: z.string() }) })
  orderStatus({ order }) {
    return order + ' is on its way';
  }
}
`;

function built(path: string): string {
  return pathToFileURL(join(ROOT, 'dist/package', path)).href;
}

/** Makes a program in that folder of what the README tells teams to write; it listens on PORT. */
export async function writeReadmeApp(directory: string): Promise<string> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf(HEADING));
  const snippet = /```ts\n([\s\S]+?)```/.exec(section)?.[1] ?? '';
  const listening = snippet.replace('app.listen(3000)', "app.listen(Number(process.env['PORT']))");
  if (listening === snippet) throw new Error(`The README has no application below "${HEADING}"`);
  const swc = JSON.parse(await readFile(join(ROOT, '.swcrc'), 'utf8')) as object;
  const { code } = await transform(PRELUDE + listening, { ...swc, swcrc: false, sourceMaps: false });
  const program = join(directory, 'main.mjs');
  await writeFile(program, code);
  await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  return program;
}
