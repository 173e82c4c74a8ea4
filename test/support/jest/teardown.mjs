/** Stops what the set-ups started, the last first. */
export default async function teardown() {
  await globalThis.testStage?.stop();
  await globalThis.testCluster?.stop();
}
