import { parseArgs } from 'node:util';
import { CommandError } from '../../common/command-error.js';
import { LIMIT_OPTIONS, LIMIT_USAGE, limitsChange, type LimitsChange } from './limits.js';
import { TENANT_ISOLATIONS, type TenantIsolation } from '../../store/index.js';
import type { Subject } from '../erase/subject.js';
import { MOST_DAYS, THREAD_STATUSES } from '../retention/retention-days.js';
import type { RetentionChange } from '../retention/retention-settings.js';

const USAGE = `usage: npm run tenants -- list
       npm run tenants -- add TENANT [--isolation row|schema] [--database NAME]
       npm run tenants -- show|suspend|resume TENANT
       npm run tenants -- migrate [--dry-run] [--at-once 4] [--attempts 5]
       npm run tenants -- move TENANT [--to row|schema] [--to-database NAME]
       npm run tenants -- fetch TENANT --from postgres://... [--isolation row|schema] [--replace]
       npm run tenants -- export TENANT [--user ID] --out FOLDER
       npm run tenants -- limits TENANT [--user-requests 60|default ...]
       npm run tenants -- erase TENANT [--user USER | --confirm TENANT] [--by NAME] [--report FILE]
       npm run tenants -- hold TENANT [--user USER] --reason TEXT [--by NAME]
       npm run tenants -- holds TENANT
       npm run tenants -- release TENANT HOLD [--by NAME]
       npm run tenants -- retain TENANT [--active DAYS] [--locked DAYS] [--closed DAYS]
       npm run tenants -- verify-report FILE [--key FILE]

move takes the tenant to the other isolation, to another database of CHATKIT_DATABASES (home is that of
CHATKIT_DATABASE_URL), or to both, while it is used.
fetch brings a tenant over from another database of the service, where it is suspended; it stays suspended here. With
--replace it takes the place of what the tenant has here, as out of a backup; usage and audit log stay.
migrate brings the tables up to date, those that tenants share and those of every tenant that has a schema of its own.
limits tells what is set for a tenant in place of the configuration, once it has set what is named; 0 is no limit:
${LIMIT_USAGE}
erase removes a user, or the whole tenant where it is suspended or named again, and gives a signed report.
retain tells or sets how long threads are kept: 0 is for ever, default as the configuration says.
What takes long can be stopped with Ctrl+C; the same command goes on with it.`;

/** Characters. */
const LONGEST_REASON = 1000;

const OF_TENANT = ['add', 'show', 'suspend', 'resume', 'move', 'fetch'] as const;

/** Asks for the tables to be brought up to date, or whether they are. */
export interface MigrateOrder {
  readonly command: 'migrate';
  readonly dryRun: boolean;
  readonly atOnce: number | undefined;
  readonly attempts: number | undefined;
}

/** Asks for something about one tenant. */
export interface TenantOrder {
  readonly command: (typeof OF_TENANT)[number];
  readonly tenantId: string;
  /** Where it is to be, for `add`, `move` and `fetch`. */
  readonly isolation: TenantIsolation | undefined;
  /** Name of the database that it is to be in, for `add` and `move`. */
  readonly database: string | undefined;
  /** Address of the database that it is fetched from. */
  readonly from: string | undefined;
  /** Whether what is fetched takes the place of what is there. */
  readonly replace: boolean;
}

/** Asks for all that a tenant, or one of its users, has, in a folder. */
export interface ExportOrder {
  readonly command: 'export';
  readonly tenantId: string;
  readonly userId: string | undefined;
  readonly folder: string;
}

/** Asks for limits of a tenant to be set, and told. */
export interface LimitsOrder {
  readonly command: 'limits';
  readonly tenantId: string;
  readonly change: LimitsChange;
}

/** Asks for a user to be erased, or a whole tenant. */
export interface EraseOrder extends Subject {
  readonly command: 'erase';
  readonly confirm: string | undefined;
  /** Who asks. Default: who runs the command. */
  readonly by: string | undefined;
  /** Where the report goes. Default: it is told. */
  readonly reportFile: string | undefined;
}

/** Asks for a legal hold, for its end, or which there are. */
export type HoldOrder = {
  readonly tenantId: string;
  /** Who asks. Default: who runs the command. */
  readonly by: string | undefined;
} & (
  | { readonly command: 'hold'; readonly userId: string | undefined; readonly reason: string }
  | { readonly command: 'release'; readonly id: string }
  | { readonly command: 'holds' }
);

/** Asks how long threads are kept, or sets that. */
export interface RetainOrder {
  readonly command: 'retain';
  readonly tenantId: string;
  readonly change: RetentionChange;
}

/** Asks whether a report is signed. */
export interface VerifyOrder {
  readonly command: 'verify-report';
  readonly file: string;
  /** File with the key. Default: that of the configuration. */
  readonly keyFile: string | undefined;
}

/** What a call of the command asks for on the database. */
export type TenantsOrder =
  | { readonly command: 'list' }
  | MigrateOrder
  | TenantOrder
  | ExportOrder
  | LimitsOrder
  | EraseOrder
  | HoldOrder
  | RetainOrder;

/** @throws CommandError saying how the command is called */
export function parseTenantsOrder(args: readonly string[]): TenantsOrder | VerifyOrder {
  const { values, positionals } = parsed(args);
  const [first, tenantId, ...more] = positionals;
  if (first === 'release' && tenantId && more.length === 1 && isUuid(more[0])) {
    return { command: first, tenantId, id: more[0], by: values.by };
  }
  if (more.length > 0) throw new CommandError(USAGE);
  if (first === 'list' && tenantId === undefined) return { command: first };
  if (first === 'migrate' && tenantId === undefined) {
    const { 'dry-run': dryRun = false, 'at-once': atOnce, attempts } = values;
    return { command: first, dryRun, atOnce: count(atOnce), attempts: count(attempts) };
  }
  if (first === 'export' && tenantId && values.out) {
    return { command: first, tenantId, userId: values.user, folder: values.out };
  }
  if (first === 'limits' && tenantId) {
    const change = limitsChange(values);
    if (change === undefined) throw new CommandError(USAGE);
    return { command: first, tenantId, change };
  }
  if (first === 'erase' && tenantId) {
    const { user: userId, confirm, by, report: reportFile } = values;
    if (userId === '' || (userId !== undefined && confirm !== undefined)) throw new CommandError(USAGE);
    return { command: first, tenantId, userId, confirm, by, reportFile };
  }
  if (
    first === 'hold' &&
    tenantId &&
    values.reason &&
    values.reason.length <= LONGEST_REASON &&
    values.user !== ''
  ) {
    return { command: first, tenantId, userId: values.user, reason: values.reason, by: values.by };
  }
  if (first === 'holds' && tenantId) return { command: first, tenantId, by: undefined };
  if (first === 'retain' && tenantId) {
    const change = Object.fromEntries(THREAD_STATUSES.map((status) => [status, days(values[status])]));
    return { command: first, tenantId, change };
  }
  if (first === 'verify-report' && tenantId) {
    return { command: first, file: tenantId, keyFile: values.key };
  }
  const command = OF_TENANT.find((known) => known === first);
  const isolation = kind(command === 'move' ? values.to : values.isolation);
  const database = command === 'move' ? values['to-database'] : values.database;
  const { from } = values;
  const isIncomplete =
    (command === 'move' && isolation === undefined && database === undefined) ||
    (command === 'fetch') !== (from !== undefined);
  if (command === undefined || !tenantId || isIncomplete) throw new CommandError(USAGE);
  return { command, tenantId, isolation, database, from, replace: values.replace === true };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    isolation: text,
    to: text,
    'to-database': text,
    database: text,
    from: text,
    user: text,
    out: text,
    'at-once': text,
    attempts: text,
    confirm: text,
    by: text,
    report: text,
    reason: text,
    active: text,
    locked: text,
    closed: text,
    key: text,
    'dry-run': { type: 'boolean' },
    replace: { type: 'boolean' },
    ...LIMIT_OPTIONS,
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new CommandError(USAGE);
  }
}

function isUuid(text: string | undefined): text is string {
  return text !== undefined && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

function kind(name: string | undefined): TenantIsolation | undefined {
  const found = TENANT_ISOLATIONS.find((known) => known === name);
  if (name !== undefined && found === undefined) throw new CommandError(USAGE);
  return found;
}

function days(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === 'default') return null;
  if (!/^\d{1,5}$/.test(text) || Number(text) > MOST_DAYS) throw new CommandError(USAGE);
  return Number(text);
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new CommandError(USAGE);
  return Number(text);
}
