import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { Logger } from '@nestjs/common';
import { startServer } from './bootstrap.js';
import { ConfigError } from './config/validate.js';

try {
  if (existsSync('.env')) loadEnvFile();
  await startServer(process.env);
} catch (error) {
  // a configuration error is for the operator to read, not a defect to trace
  new Logger('Start').fatal(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
