import { rm } from 'node:fs/promises';
import './native-typescript.mjs';

/** Stops what the set-ups started, the last first. */
export default async function teardown() {
  await globalThis.testStage?.stop();
  if (globalThis.testCluster !== undefined) await globalThis.testCluster.stop();
  else await (await import('../template.ts')).dropTemplate();
  await rm(globalThis.testScratch, { recursive: true, force: true });
}
