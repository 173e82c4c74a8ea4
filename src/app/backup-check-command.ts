import { parseArgs } from 'node:util';
import { CommandError } from '../common/command-error.js';
import { StoreConfig } from '../config/store.config.js';
import { loadConfig } from '../config/validate.js';
import { countRows, differences, readCounts, writeCounts, type Counts } from './backup/counts.js';
import { filesInBucket, filesInFolder } from './backup/kept-files.js';
import { missingFiles } from './backup/missing-files.js';
import { runCommand, say } from './command-database.js';

const USAGE = `usage: npm run backup:check -- count URL > FILE
       npm run backup:check -- compare URL_OR_FILE URL_OR_FILE [--tenant ID]
       npm run backup:check -- files URL [FOLDER]

count    what each tenant has in each table: rows, and a sum of their content
compare  names what two databases, or counts of them, do not have alike; with --tenant, of that one
files    names attachments whose file is not in the folder of files, or without one in the bucket that
         CHATKIT_ATTACHMENTS_BUCKET and what belongs to it name
The login of each URL has to pass row-level security by: one with BYPASSRLS.
`;

/** `npm run backup:check`: whether a copy of the database has everything. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { tenant: { type: 'string' } },
  });
  const { schema } = loadConfig(StoreConfig, env);
  const [verb, first = '', second = ''] = positionals;
  const countsOf = (place: string): Promise<Counts> =>
    place.includes('://') ? countRows(place, schema) : readCounts(place);
  if (verb === 'count' && positionals.length === 2) {
    say(writeCounts(await countsOf(first)));
    return true;
  }
  if (verb === 'compare' && positionals.length === 3) {
    const [one, other] = [await countsOf(first), await countsOf(second)];
    return tell(differences(one, other, values.tenant), 'Nothing differs');
  }
  if (verb === 'files' && (positionals.length === 2 || positionals.length === 3)) {
    const files = second === '' ? await filesInBucket(env) : filesInFolder(second);
    const { missing, found } = await missingFiles(first, schema, files);
    return tell(missing, `${found} files are there`);
  }
  throw new CommandError(USAGE);
}

/** Lines about what is wrong, else the one that says what was found. */
function tell(problems: readonly string[], fine: string): boolean {
  for (const problem of problems) say(problem);
  if (problems.length === 0) say(fine);
  return problems.length === 0;
}

await runCommand(() => run(process.argv.slice(2), process.env));
