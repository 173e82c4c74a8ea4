import { plain } from '../../jest.config.js';

/** What needs Prometheus; `.ci/monitoring` has it. */
export default {
  ...plain,
  rootDir: '../..',
  globalSetup: '<rootDir>/test/monitoring/setup.mjs',
  roots: ['<rootDir>/test/monitoring'],
  testMatch: ['**/*.monitoring-spec.ts'],
  testTimeout: 240_000,
};
