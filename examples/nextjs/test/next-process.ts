import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../../test/app/support/eventually.js';
import { statusOf } from '../../../test/app/support/running-app.js';

const EXAMPLE = join(import.meta.dirname, '..');
const NEXT = join(EXAMPLE, 'node_modules/next/dist/bin/next');

/** The built example as a process of its own. */
export class NextProcess {
  #output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {
    const collect = (chunk: Buffer): void => void (this.#output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
  }

  static async start(port: number, env: Record<string, string>): Promise<NextProcess> {
    if (!existsSync(join(EXAMPLE, '.next/BUILD_ID'))) throw new Error('the example is not built: next build');
    const child = spawn(process.execPath, [NEXT, 'start', '--port', String(port)], {
      cwd: EXAMPLE,
      env: { PATH: process.env['PATH'], NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const app = new NextProcess(child, `http://localhost:${port}`);
    await eventually('the example answers', async () => {
      if (child.exitCode !== null) throw new Error(`It ended: ${app.output}`);
      return (await statusOf(`${app.url}/`)) === 200;
    });
    return app;
  }

  /** Everything it wrote. */
  get output(): string {
    return this.#output;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    this.child.kill('SIGTERM');
    await once(this.child, 'close');
  }
}
