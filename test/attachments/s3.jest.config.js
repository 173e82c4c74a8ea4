import base from '../../jest.config.js';

/** What needs an S3 server; `.ci/s3` starts one. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/attachments'],
  testMatch: ['**/*.s3-spec.ts'],
};
