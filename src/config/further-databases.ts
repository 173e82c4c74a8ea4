import { isRecord } from '../common/is-record.js';
import { isPostgresUrl } from './postgres-url.js';

/** One more database that tenants may be in. */
export interface FurtherDatabase {
  readonly name: string;
  readonly url: string;
  /** The same database by the login that owns the tables. Default: the one that serves does. */
  readonly migrationUrl?: string | undefined;
}

const NAME = /^[a-z][a-z0-9_-]{0,31}$/;
const POSTGRES = /^postgres(ql)?:\/\/\S+$/;
const FIELDS = new Set(['url', 'migrationUrl']);
const MOST = 32;

/** The databases that a JSON object names, or what is wrong with it, told without what it says. */
export function furtherDatabasesFrom(
  json: string,
  home: string | undefined,
): { readonly databases: readonly FurtherDatabase[]; readonly problems: readonly string[] } {
  if (json === '') return { databases: [], problems: [] };
  const found = parsed(json);
  if (found === undefined) return { databases: [], problems: ['must be a JSON object of databases by name'] };
  const databases: FurtherDatabase[] = [];
  const problems: string[] = [];
  const urls = new Set([home]);
  const entries = Object.entries(found);
  if (entries.length > MOST) problems.push(`must name ${MOST} databases at most`);
  for (const [name, given] of entries.slice(0, MOST)) {
    const problem = problemOf(name, given, urls);
    if (problem !== undefined) problems.push(problem);
    else if (isDatabase(given)) {
      urls.add(given.url);
      databases.push({ name, url: given.url, migrationUrl: given.migrationUrl });
    }
  }
  return { databases, problems };
}

function parsed(json: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const found: unknown = JSON.parse(json);
    return isRecord(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function problemOf(name: string, given: unknown, urls: ReadonlySet<string | undefined>): string | undefined {
  if (!NAME.test(name) || name === 'home') {
    return 'must have names of 1 to 32 lower-case letters, digits, _ and -, beginning with a letter, and none is home';
  }
  if (!isDatabase(given)) return `${name}: must be {"url":"postgres://…"}, with "migrationUrl" or without`;
  return urls.has(given.url) ? `${name}: must not be a database that is named already` : undefined;
}

function isDatabase(given: unknown): given is Omit<FurtherDatabase, 'name'> {
  if (!isRecord(given) || !Object.keys(given).every((field) => FIELDS.has(field))) return false;
  const { url, migrationUrl } = given;
  return isUrl(url) && (migrationUrl === undefined || isUrl(migrationUrl));
}

function isUrl(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 4096 && POSTGRES.test(text) && isPostgresUrl(text);
}
