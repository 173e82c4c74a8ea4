import { pinLoad } from './machine/pinning.js';
import { HELP, readOptions } from './options.js';
import { writeReport } from './report/write.js';
import { run } from './run.js';

const options = readOptions(process.argv.slice(2));
if (options === undefined) process.stdout.write(HELP);
else {
  pinLoad();
  const found = await run(options, (line) => process.stderr.write(`${line}\n`));
  process.stdout.write(`${await writeReport(found, options)}\n`);
  for (const failure of found.failures) process.stderr.write(`Not measured: ${failure}\n`);
  process.exitCode = found.failures.length === 0 ? 0 : 1;
}
