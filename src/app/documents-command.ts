// parts by their files: what the server serves would be loaded with all of them
import { AuditLog } from '../audit/audit-log.js';
import { TypeOrmAuditStore } from '../audit/audit-store.js';
import { AgentsConfig } from '../config/agents.config.js';
import { DocumentsConfig } from '../config/documents.config.js';
import { StoreConfig } from '../config/store.config.js';
import { loadConfig } from '../config/validate.js';
import { DocumentsCommand, parseOrder } from '../documents/command/documents-command.js';
import { DocumentStore } from '../documents/document-store.js';
import { DocumentsService } from '../documents/documents.service.js';
import { configuredVectors } from './configured-vectors.js';
import { onDatabase, runCommand, say } from './command-database.js';
import { schemaFeatures } from './schema-features.js';

/** `npm run documents` */
async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const order = parseOrder(args);
  const config = loadConfig(DocumentsConfig, env);
  const vectors = configuredVectors({ documents: config, agents: loadConfig(AgentsConfig, env) });
  return onDatabase(loadConfig(StoreConfig, env), schemaFeatures(vectors), ({ unitOfWork }) => {
    const documents = new DocumentsService(new DocumentStore(unitOfWork, config, vectors), config, vectors);
    // npm changes the folder; paths are meant from where it was called
    const folder = env['INIT_CWD'] ?? process.cwd();
    const trail = new AuditLog(new TypeOrmAuditStore(unitOfWork));
    return new DocumentsCommand(documents, folder, say, trail).run(order);
  });
}

await runCommand(() => run(process.argv.slice(2), process.env));
