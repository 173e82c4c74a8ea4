import quickSetup from '../support/jest/quick-setup.mjs';

/** Has a browser ready where the picture is drawn: Chromium is unpacked by the process that a test does not run in. */
export default async function monitoringSetup() {
  await quickSetup();
  if (process.env['WRITE_DOCS'] === undefined) return;
  const { chromiumPath } = await import('../../scripts/chromium.ts');
  process.env['CHROMIUM_PATH'] = await chromiumPath();
}
