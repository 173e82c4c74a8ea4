import { Logger } from '@nestjs/common';
import { ExtensionError } from '../common/discovery/extension-error.js';
import { startServer } from './bootstrap.js';
import { ConfigError } from '../config/validate.js';
import { StartError } from './start-error.js';

try {
  await startServer(process.env);
} catch (error) {
  // what an operator or a team has set up wrongly is for them to read, not a defect to trace
  const readable = [ConfigError, StartError, ExtensionError].some((Kind) => error instanceof Kind);
  new Logger('Start').fatal(readable && error instanceof Error ? error.message : error);
  process.exit(1);
}
