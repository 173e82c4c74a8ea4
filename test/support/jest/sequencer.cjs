// The slowest files first: one that starts last would run beside nothing. A fresh checkout has no timings to go by.
const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that start processes. A worker is copied for each, which takes the longer the more it has loaded by then. */
const STARTING = [
  'test/app/process.spec.ts',
  'test/package/use-process.spec.ts',
  'test/app/process-start.spec.ts',
  'test/app/database-loss.spec.ts',
  'test/app/readiness.spec.ts',
  'test/bench/bench.spec.ts',
  'test/package/readme.spec.ts',
  'test/package/entries.spec.ts',
  'test/app/migration-commands.spec.ts',
  'test/tenants/erase-command.spec.ts',
  'test/tenants/database-away.spec.ts',
  'test/embedded-postgres/embedded.spec.ts',
  'test/store/availability.spec.ts',
  'test/package/run.spec.ts',
  'test/store/encryption.spec.ts',
  'test/app/telemetry-process.spec.ts',
  'test/store/distribution.spec.ts',
  'test/store/answers-over-restart.spec.ts',
];

/** Others that take several seconds, the slowest first. */
const SLOW = [
  'test/browser/admin.spec.ts',
  'test/browser/accessibility.spec.ts',
  'test/browser/client-panel.spec.ts',
  'test/browser/hostile.spec.ts',
  'test/browser/rules-options.spec.ts',
  'test/browser/wire-threads.spec.ts',
  'test/documents/hostile.spec.ts',
  'test/documents/large.spec.ts',
  'test/tenants/migrate.spec.ts',
  'test/app/disconnect.spec.ts',
  'test/store/unit-of-work.spec.ts',
  'test/conformance/conformance.spec.ts',
  'test/tenants/move-between.spec.ts',
  'test/fuzz/routes.spec.ts',
  'test/documents/vectors.spec.ts',
  'test/tenants/move-killed.spec.ts',
  'test/http/departures.spec.ts',
  'test/fuzz/uploads.spec.ts',
  'test/tenants/erase.spec.ts',
  'test/store/migrations.spec.ts',
  'test/limits/stored.spec.ts',
  'test/store/migrations-in-use.spec.ts',
  'test/app/attacks-names.spec.ts',
  'test/fuzz/worst-texts.spec.ts',
  'test/documents/documents.spec.ts',
  'test/app/connections.spec.ts',
  'test/store/tenant-schemas.spec.ts',
  'test/http/stalled.spec.ts',
  'test/tenants/export.spec.ts',
];

const FIRST = [...STARTING, ...SLOW];

function place({ path }) {
  const at = FIRST.findIndex((name) => path.replaceAll('\\', '/').endsWith(`/${name}`));
  return at === -1 ? FIRST.length : at;
}

module.exports = class SlowestFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => place(one) - place(other));
  }
};
