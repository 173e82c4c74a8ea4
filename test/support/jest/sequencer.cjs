// The slowest files first: one that starts last would run beside nothing. A fresh checkout has no timings to go by.
const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take several seconds, the slowest first. */
const SLOW = [
  'test/browser/accessibility.spec.ts',
  'test/documents/hostile.spec.ts',
  'test/browser/admin.spec.ts',
  'test/browser/hostile.spec.ts',
  'test/package/use-process.spec.ts',
  'test/browser/client-panel.spec.ts',
  'test/app/process.spec.ts',
  'test/app/process-start.spec.ts',
  'test/conformance/conformance.spec.ts',
  'test/browser/wire-threads.spec.ts',
  'test/browser/rules-options.spec.ts',
  'test/package/package.spec.ts',
  'test/store/unit-of-work.spec.ts',
  'test/app/database-loss.spec.ts',
  'test/documents/vectors.spec.ts',
  'test/fuzz/worst-texts.spec.ts',
  'test/fuzz/rest.spec.ts',
  'test/app/connections.spec.ts',
  'test/app/attacks-limits.spec.ts',
  'test/app/attacks-names.spec.ts',
  'test/store/contract.spec.ts',
  'test/documents/documents.spec.ts',
  'test/store/migrations.spec.ts',
  'test/app/host-guard.spec.ts',
  'test/app/disconnect.spec.ts',
  'test/documents/admin-routes.spec.ts',
  'test/http/stalled.spec.ts',
];

function place({ path }) {
  const at = SLOW.findIndex((name) => path.replaceAll('\\', '/').endsWith(`/${name}`));
  return at === -1 ? SLOW.length : at;
}

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
};
