import { parseArgs } from 'node:util';
import { CommandError } from '../../common/command-error.js';
import { LIMIT_OPTIONS, LIMIT_USAGE, limitsChange, type LimitsChange } from './limits.js';
import { TENANT_ISOLATIONS, type TenantIsolation } from '../../store/index.js';

const USAGE = `usage: npm run tenants -- list
       npm run tenants -- add TENANT [--isolation row|schema]
       npm run tenants -- show|suspend|resume TENANT
       npm run tenants -- migrate [--dry-run] [--at-once 4] [--attempts 5]
       npm run tenants -- move TENANT --to row|schema
       npm run tenants -- fetch TENANT --from postgres://... [--isolation row|schema]
       npm run tenants -- export TENANT [--user ID] --out FOLDER
       npm run tenants -- limits TENANT [--user-requests 60|default ...]

fetch brings a tenant over from another database of the service, where it is suspended; it stays suspended here.
migrate brings the tables up to date, those that tenants share and those of every tenant that has a schema of its own.
limits tells what is set for a tenant in place of the configuration, once it has set what is named; 0 is no limit:
${LIMIT_USAGE}
What takes long can be stopped with Ctrl+C; the same command goes on with it.`;

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
  /** Address of the database that it is fetched from. */
  readonly from: string | undefined;
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

/** What a call of the command asks for. */
export type TenantsOrder =
  { readonly command: 'list' } | MigrateOrder | TenantOrder | ExportOrder | LimitsOrder;

/** @throws CommandError saying how the command is called */
export function parseTenantsOrder(args: readonly string[]): TenantsOrder {
  const { values, positionals } = parsed(args);
  const [first, tenantId, ...more] = positionals;
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
  const command = OF_TENANT.find((known) => known === first);
  const isolation = kind(command === 'move' ? values.to : values.isolation);
  const { from } = values;
  const isIncomplete =
    (command === 'move' && isolation === undefined) || (command === 'fetch') !== (from !== undefined);
  if (command === undefined || !tenantId || isIncomplete) throw new CommandError(USAGE);
  return { command, tenantId, isolation, from };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = {
    isolation: text,
    to: text,
    from: text,
    user: text,
    out: text,
    'at-once': text,
    attempts: text,
    'dry-run': { type: 'boolean' },
    ...LIMIT_OPTIONS,
  } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    throw new CommandError(USAGE);
  }
}

function kind(name: string | undefined): TenantIsolation | undefined {
  const found = TENANT_ISOLATIONS.find((known) => known === name);
  if (name !== undefined && found === undefined) throw new CommandError(USAGE);
  return found;
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new CommandError(USAGE);
  return Number(text);
}
