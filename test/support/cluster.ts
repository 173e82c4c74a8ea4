import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '../../src/store/embedded/embedded-postgres.js';

/** A PostgreSQL that is thrown away after use. */
export interface TestCluster {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startTestCluster(): Promise<TestCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'nestjs-chatkit-test-'));
  await chmod(directory, 0o755);
  const server = new EmbeddedPostgres({ directory, durable: false });
  const url = await server.ensureRunning();
  return {
    url,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
