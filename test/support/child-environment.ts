import { join } from 'node:path';
import { ONE_READY } from './database.js';

const COMPILED = join(import.meta.dirname, '../../.cache/compiled');

/**
 * What every process that a test starts is given: where programs are, where Node keeps what it has compiled, since most
 * of a start is the compiling, and no more connections than it has use for.
 */
export function childEnvironment(): Record<string, string | undefined> {
  return { PATH: process.env['PATH'], NODE_COMPILE_CACHE: COMPILED, ...ONE_READY };
}

/** Room for what a start makes, most of which stays: looking for garbage among it takes a tenth of the start. */
export const CHEAP = ['--min-semi-space-size=16'];
