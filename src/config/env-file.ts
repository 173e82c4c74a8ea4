import { statSync } from 'node:fs';
import { env as ofProcess, loadEnvFile } from 'node:process';
import { ConfigError } from './config-error.js';

const FILE = '.env';

/**
 * Adds what a file `.env` in the working directory says to the environment, where that is the process's own.
 * What is set already stays as it is.
 *
 * @throws {ConfigError} when there is such a file and it cannot be read
 */
export function completeFromFile(env: NodeJS.ProcessEnv): void {
  if (env !== ofProcess || statSync(FILE, { throwIfNoEntry: false })?.isFile() !== true) return;
  try {
    loadEnvFile(FILE);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new ConfigError([{ variable: FILE, problem: `cannot be read${code}` }]);
  }
}
