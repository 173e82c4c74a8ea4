import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { Logger } from '@nestjs/common';
import { startServer } from './bootstrap.js';
import { ConfigError } from './config/validate.js';
import { StartError } from './start-error.js';

try {
  if (existsSync('.env')) loadEnvFile();
  await startServer(process.env);
} catch (error) {
  // a configuration or a port that cannot be used is for the operator to read, not a defect to trace
  const readable = error instanceof ConfigError || error instanceof StartError;
  new Logger('Start').fatal(readable ? error.message : error);
  process.exit(1);
}
