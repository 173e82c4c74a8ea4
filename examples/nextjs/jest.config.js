import { join } from 'node:path';
import { inBrowser } from '../../jest.config.js';

/** Run after `next build`, from the repository's root: `npm run jest -- --config examples/nextjs/jest.config.js`. */
export default {
  ...inBrowser,
  rootDir: join(import.meta.dirname, '../..'),
  roots: ['<rootDir>/examples/nextjs/test'],
  testMatch: ['**/*.spec.ts'],
  testTimeout: 90_000,
};
