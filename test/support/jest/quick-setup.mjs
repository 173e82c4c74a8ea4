import './native-typescript.mjs';

/** Starts one throw-away PostgreSQL for the whole run, unless TEST_DATABASE_URL names one to use. */
export default async function quickSetup() {
  const { gatherScratch } = await import('../scratch.ts');
  globalThis.testScratch = await gatherScratch();
  process.env['TEST_TEMPLATE'] = `test_template_${process.pid}`;
  if (process.env['TEST_DATABASE_URL'] !== undefined) return;
  const { startTestCluster } = await import('../cluster.ts');
  globalThis.testCluster = await startTestCluster();
  process.env['TEST_DATABASE_URL'] = globalThis.testCluster.url;
}
