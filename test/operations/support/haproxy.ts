import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.js';
import { makeScratch } from '../../support/scratch.js';
import { Program } from './program.js';

/** A HAProxy before several replicas, which it asks whether they are ready. */
export class HAProxy {
  private constructor(
    private readonly directory: string,
    private readonly program: Program,
    readonly url: string,
  ) {}

  static async start(ports: readonly number[], port: number): Promise<HAProxy> {
    const directory = await makeScratch();
    const file = join(directory, 'haproxy.cfg');
    const lines = [
      'defaults',
      '  mode http',
      '  timeout connect 2s',
      '  timeout client 60s',
      '  timeout server 60s',
      // a replica that is busy for a moment is not down
      '  timeout check 2s',
      '  retries 3',
      '  option redispatch',
      'frontend chat',
      `  bind 127.0.0.1:${port}`,
      '  default_backend replicas',
      'backend replicas',
      '  balance roundrobin',
      '  option httpchk GET /health/ready',
      '  default-server check inter 200ms fall 2 rise 1',
      ...ports.map((replica) => `  server r${replica} 127.0.0.1:${replica}`),
    ];
    await writeFile(file, `${lines.join('\n')}\n`);
    const program = await Program.start('/usr/sbin/haproxy', ['-db', '-f', file], port);
    return new HAProxy(directory, program, `http://127.0.0.1:${port}`);
  }

  async remove(): Promise<void> {
    await this.program.end();
    await rm(this.directory, { recursive: true, force: true });
  }
}

/** Ports that nobody uses. */
export function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => freePort()));
}
