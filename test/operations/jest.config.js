import { plain } from '../../jest.config.js';

/** What needs programs of the distribution: a pool of connections, a balancer; `.ci/operations` installs them. */
export default {
  ...plain,
  rootDir: '../..',
  roots: ['<rootDir>/test/operations'],
  testMatch: ['**/*.operations-spec.ts'],
  testTimeout: 120_000,
};
