/** For specs without a browser, wherever they lie. */
export const plain = {
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/web'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/support/jest/quick-setup.mjs',
  globalTeardown: '<rootDir>/test/support/jest/teardown.mjs',
};

/** For specs that use the browser of the run. */
export const inBrowser = { ...plain, globalSetup: '<rootDir>/test/support/jest/browser-setup.mjs' };

export default {
  projects: [
    {
      ...plain,
      displayName: 'quick',
      testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
    },
    { ...inBrowser, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.spec.ts'] },
    { ...inBrowser, displayName: 'bench', testMatch: ['<rootDir>/test/browser/bench/*.bench.ts'] },
  ],
  // for a machine that others use too: what hangs fails, what is slow does not
  testTimeout: 180_000,
  testSequencer: '<rootDir>/test/support/jest/sequencer.cjs',
  // one more than the two cores of a small machine: many tests wait for a process or a page
  maxWorkers: 3,
  // a worker ends at once (worker-end.cjs), but on a busy machine that may be late
  workerGracefulExitTimeout: 30_000,
};
