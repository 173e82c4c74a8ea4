import { plain } from '../../jest.config.js';

/** Both versions at once; `.ci/upgrade` builds them. */
export default {
  ...plain,
  rootDir: '../..',
  roots: ['<rootDir>/test/upgrade'],
  testMatch: ['**/*.upgrade-spec.ts'],
  testTimeout: 120_000,
};
