import type { TestCluster } from './cluster.js';

/** Stops what the global set-up started. */
export default async function globalTeardown(): Promise<void> {
  const { testCluster } = globalThis as { testCluster?: TestCluster };
  await testCluster?.stop();
}
