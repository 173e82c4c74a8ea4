import { plain } from '../../jest.config.js';

/** What needs an S3 server; `.ci/s3` starts one. */
export default {
  ...plain,
  rootDir: '../..',
  roots: ['<rootDir>/test/attachments'],
  testMatch: ['**/*.s3-spec.ts'],
  testTimeout: 90_000,
};
