import { AuditLog, OperatorAuditStore } from '../audit/index.js';
import { systemClock } from '../common/clock.js';
import { AgentsConfig } from '../config/agents.config.js';
import { AttachmentsConfig } from '../config/attachments.config.js';
import { DocumentsConfig } from '../config/documents.config.js';
import { StoreConfig } from '../config/store.config.js';
import { loadConfig } from '../config/validate.js';
import { parseTenantsOrder, TenantsCommand, tenantTools } from '../tenants/index.js';
import { onDatabase, runCommand, say } from './command-database.js';
import { configuredVectors } from './configured-vectors.js';
import { exportedFiles } from './exported-files.js';
import { schemaFeatures } from './schema-features.js';

/** `npm run tenants`, and `npm run migration:run`, which is `tenants -- migrate` */
async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const order = parseTenantsOrder(args);
  const documents = loadConfig(DocumentsConfig, env);
  const vectors = configuredVectors({ documents, agents: loadConfig(AgentsConfig, env) });
  const migrates = order.command === 'migrate' ? { CHATKIT_MIGRATE_ON_START: String(!order.dryRun) } : {};
  const config = loadConfig(StoreConfig, { ...env, ...migrates });
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  return onDatabase(config, schemaFeatures(vectors), ({ tenants: parts, features }) => {
    const tools = tenantTools(parts, features, systemClock);
    const trail = new AuditLog(new OperatorAuditStore(parts));
    return new TenantsCommand(tools, {
      say,
      signal: stop.signal,
      trail,
      files: exportedFiles(() => loadConfig(AttachmentsConfig, env), config.dataDirectory),
      // npm changes the folder; paths are meant from where it was called
      folder: env['INIT_CWD'] ?? process.cwd(),
    }).run(order);
  });
}

await runCommand(() => run(process.argv.slice(2), process.env));
