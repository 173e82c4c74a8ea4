import { Logger } from '@nestjs/common';
import { ExtensionError } from '../common/discovery/extension-error.js';
import { readAppConfig } from '../config/app.config.js';
import { ConfigError } from '../config/validate.js';
import { StartError } from './start-error.js';

try {
  const config = readAppConfig(process.env);
  // what is set up wrongly is said at once: most of a start is loading this
  const { startServer } = await import('./bootstrap.js');
  await startServer(config);
} catch (error) {
  // what an operator or a team has set up wrongly is for them to read, not a defect to trace
  const readable = [ConfigError, StartError, ExtensionError].some((Kind) => error instanceof Kind);
  new Logger('Start').fatal(readable && error instanceof Error ? error.message : error);
  process.exit(1);
}
