import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { transform } from '@swc/core';
import { AppProcess } from '../app/support/app-process.js';
import { eventually } from '../app/support/eventually.js';
import { AUTH_ENV, tokenOf } from '../app/support/tokens.js';
import { freePort } from '../support/free-port.js';
import { createEmptyDatabase, type TestDatabase } from '../support/database.js';

const ROOT = resolve(import.meta.dirname, '../..');
/** A start takes long on a machine that has other things to do. */
const START_MS = 60_000;

/** What the README leaves to the reader of its application. */
const IMPORTS = `import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import * as z from 'zod';
import { AuthConfig, authOptionsFrom, ChatKitAuthModule, ChatKitModule, ChatKitStoreModule,
  loadConfig, StoreConfig } from 'nestjs-chatkit';
import { AgentsConfig, ChatKitAgentsModule, ChatKitTool, RespondService } from 'nestjs-chatkit/agents';
@Injectable()
class OrderDesk {
  @ChatKitTool({ name: 'order', description: 'Orders.', parameters: z.object({}) })
  order() { return 'done'; }
}
`;

/** The application that the README begins with, as a program that listens on this port. */
async function readmeProgram(port: number): Promise<string> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8');
  const [, snippet = ''] = /## Use it in your application[^]*?\n```ts\n([^]*?)```/.exec(readme) ?? [];
  const source = `${IMPORTS}${snippet.replace('listen(3000)', `listen(${port})`)}`;
  expect(source).toContain(`listen(${port})`);
  const { code } = await transform(source, {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      target: 'es2022',
    },
    module: { type: 'es6' },
  });
  return code;
}

/** An application in a folder of its own, with the package among its dependencies. */
class Host implements AsyncDisposable {
  private constructor(
    private readonly directory: string,
    readonly app: AppProcess,
  ) {}

  static async start(settings: object, env: Record<string, string>): Promise<Host> {
    const directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-host-'));
    await mkdir(join(directory, 'node_modules'));
    await symlink(ROOT, join(directory, 'node_modules/nestjs-chatkit'));
    for (const name of ['@nestjs', 'reflect-metadata', 'zod', 'rxjs']) {
      await symlink(join(ROOT, 'node_modules', name), join(directory, 'node_modules', name));
    }
    const port = await freePort();
    await writeFile(join(directory, 'main.mjs'), await readmeProgram(port));
    const lines = Object.entries(settings).map(([name, value]) => `${name}=${String(value)}`);
    await writeFile(join(directory, '.env'), lines.join('\n'));
    return new Host(directory, AppProcess.spawn(directory, { ...env, PORT: String(port) }, 'main.mjs'));
  }

  /** Status of a request to the endpoint, once it listens and has a database. */
  async statusFor(token: string): Promise<number> {
    let status = 0;
    const isThere = async (): Promise<boolean> => {
      const response = await fetch(`${this.app.url}/chatkit`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ type: 'threads.list', params: {} }),
      }).catch(() => undefined);
      status = response?.status ?? 503;
      return status !== 503;
    };
    await eventually('chat is there', isThere, START_MS);
    return status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app.dispose();
    await rm(this.directory, { recursive: true, force: true });
  }
}

describe('The application that the README shows, in a folder with a file .env', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());

  it('has its settings from there, and in development a provider of its own where nothing names another', async () => {
    const settings = { NODE_ENV: 'development', CHATKIT_DATABASE_URL: database.url };
    await using host = await Host.start(settings, {});
    await host.app.says(/Identity provider: .*for development, since AUTH_ISSUER is not set/);
    const tables = `SELECT FROM pg_tables WHERE tablename = 'threads'`;
    await eventually(
      'that database has its tables',
      async () => (await database.query(tables)).length > 0,
      START_MS,
    );
  });

  it('prefers what its environment says, and has all else from there', async () => {
    const settings = {
      ...AUTH_ENV,
      AUTH_ISSUER: 'https://other.test/',
      CHATKIT_DATABASE_URL: 'postgres://nowhere.invalid/x',
    };
    const { AUTH_ISSUER } = AUTH_ENV;
    await using host = await Host.start(settings, { AUTH_ISSUER, CHATKIT_DATABASE_URL: database.url });
    expect(await host.statusFor(await tokenOf({ tenant: 'acme', user: 'ada' }))).toBe(200);
    await host.app.says(`Identity provider: ${AUTH_ISSUER} (audience ${AUTH_ENV.AUTH_AUDIENCE})`);
  });
});
