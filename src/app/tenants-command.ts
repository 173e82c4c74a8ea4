import { userInfo } from 'node:os';
// parts by their files: what the server serves would be loaded with all of them
import { blobStoreOf } from '../attachments/blobs/blob-store-of.js';
import { BlobTenantFiles } from '../attachments/tenant-files.js';
import { AuditLog } from '../audit/audit-log.js';
import { OperatorAuditStore } from '../audit/operator-audit-store.js';
import { systemClock } from '../common/clock.js';
import { CommandError } from '../common/command-error.js';
import { AgentsConfig } from '../config/agents.config.js';
import { AttachmentsConfig } from '../config/attachments.config.js';
import { DocumentsConfig } from '../config/documents.config.js';
import { StoreConfig } from '../config/store.config.js';
import { TenantsConfig } from '../config/tenants.config.js';
import { loadConfig } from '../config/validate.js';
import { textOf, verifyReport } from '../tenants/command/erase.js';
import { parseTenantsOrder } from '../tenants/command/order.js';
import { TenantsCommand } from '../tenants/command/tenants-command.js';
import { tenantTools } from '../tenants/tenant-tools.js';
import { attachmentsDirectory } from './attachments-directory.js';
import { onDatabase, runCommand, say } from './command-database.js';
import { configuredVectors } from './configured-vectors.js';
import { exportedFiles } from './exported-files.js';
import { schemaFeatures } from './schema-features.js';

/** `npm run tenants`, and `npm run migration:run`, which is `tenants -- migrate` */
async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const order = parseTenantsOrder(args);
  const { reportKey } = loadConfig(TenantsConfig, env);
  if (order.command === 'verify-report') {
    const key = order.keyFile === undefined ? reportKey : await textOf(order.keyFile);
    if (key === undefined) throw new CommandError('Name the file of the public key by --key');
    await verifyReport(order.file, key, say);
    return true;
  }
  const documents = loadConfig(DocumentsConfig, env);
  const vectors = configuredVectors({ documents, agents: loadConfig(AgentsConfig, env) });
  const migrates = order.command === 'migrate' ? { CHATKIT_MIGRATE_ON_START: String(!order.dryRun) } : {};
  const config = loadConfig(StoreConfig, { ...env, ...migrates });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  /** Where the server keeps files; asked of those alone who touch some. */
  const opened = async () => {
    const attachments = loadConfig(AttachmentsConfig, env);
    return blobStoreOf(attachments, attachmentsDirectory(attachments, config.dataDirectory));
  };
  const files = order.command === 'erase' ? new BlobTenantFiles(await opened()) : undefined;
  return onDatabase(config, schemaFeatures(vectors), ({ tenants: parts, features }) => {
    const tools = tenantTools(parts, features, { clock: systemClock, files, reportKey });
    const trail = new AuditLog(new OperatorAuditStore(parts));
    return new TenantsCommand(tools, {
      say,
      caller: caller(),
      signal: stop.signal,
      trail,
      files: exportedFiles(opened),
      // npm changes the folder; paths are meant from where it was called
      folder: env['INIT_CWD'] ?? process.cwd(),
    }).run(order);
  });
}

/** Who runs the command; a container may have no name for it. */
function caller(): string {
  try {
    return `command:${userInfo().username}`;
  } catch {
    return 'command';
  }
}

await runCommand(() => run(process.argv.slice(2), process.env));
