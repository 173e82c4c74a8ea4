import { join } from 'node:path';
import root from '../../jest.config.js';

const { globalSetup: _setup, globalTeardown: _teardown, ...shared } = root;

/** Run after `next build`, from the repository's root: `npm run jest -- --config examples/nextjs/jest.config.js`. */
export default {
  ...shared,
  rootDir: join(import.meta.dirname, '../..'),
  roots: ['<rootDir>/examples/nextjs/test'],
};
