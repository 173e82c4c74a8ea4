// The slowest files first: one that starts last would run beside nothing. A fresh checkout has no timings to go by.
const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take several seconds, the slowest first. */
const SLOW = [
  'test/tenants/move-between.spec.ts',
  'test/app/process.spec.ts',
  'test/package/use-process.spec.ts',
  'test/browser/admin.spec.ts',
  'test/browser/accessibility.spec.ts',
  'test/browser/client-panel.spec.ts',
  'test/browser/hostile.spec.ts',
  'test/documents/hostile.spec.ts',
  'test/browser/rules-options.spec.ts',
  'test/browser/wire-threads.spec.ts',
  'test/app/readiness.spec.ts',
  'test/app/process-start.spec.ts',
  'test/tenants/move-killed.spec.ts',
  'test/fuzz/routes.spec.ts',
  'test/tenants/migrate.spec.ts',
  'test/tenants/erase-command.spec.ts',
  'test/app/database-loss.spec.ts',
  'test/tenants/erase.spec.ts',
  'test/tenants/export.spec.ts',
  'test/store/unit-of-work.spec.ts',
  'test/app/attacks-names.spec.ts',
  'test/fuzz/uploads.spec.ts',
  'test/tenants/database-away.spec.ts',
  'test/documents/vectors.spec.ts',
  'test/bench/bench.spec.ts',
  'test/app/disconnect.spec.ts',
  'test/conformance/conformance.spec.ts',
  'test/fuzz/rest.spec.ts',
  'test/fuzz/worst-texts.spec.ts',
  'test/package/package.spec.ts',
  'test/documents/large.spec.ts',
  'test/http/replicas-together.spec.ts',
  'test/http/stalled.spec.ts',
  'test/tenants/retention.spec.ts',
  'test/tenants/fetch.spec.ts',
  'test/app/migration-commands.spec.ts',
  'test/attachments/orphans.spec.ts',
  'test/tenants/hold.spec.ts',
  'test/package/entries.spec.ts',
  'test/package/readme.spec.ts',
  'test/limits/stored.spec.ts',
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
