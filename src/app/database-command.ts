import { administerDatabase } from './administer-database.js';
import { runCommand } from './command-database.js';

await runCommand(() => administerDatabase(process.argv.slice(2), process.env));
