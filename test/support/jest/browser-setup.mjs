import quickSetup from './quick-setup.mjs';

/** Starts what the browser specs share, after what all specs share. */
export default async function browserSetup() {
  await quickSetup();
  const { startStage } = await import('../../browser/stage/server.ts');
  globalThis.testStage = await startStage();
  process.env['TEST_BROWSER'] = globalThis.testStage.browser;
  process.env['TEST_PORTALS'] = globalThis.testStage.portals;
}
