import { registerAs } from '@nestjs/config';
import { AgentsConfig } from './agents.config.js';
import { AttachmentsConfig } from './attachments.config.js';
import { AuthConfig } from './auth.config.js';
import { DocumentsConfig } from './documents.config.js';
import { HttpConfig } from './http.config.js';
import { McpConfig } from './mcp.config.js';
import { StoreConfig } from './store.config.js';
import { loadConfig } from './validate.js';

/**
 * The settings as namespaces of @nestjs/config, each validated by its class when the application starts:
 * `ConfigModule.forRoot({ load: [chatKitNamespaces.agents(process.env)] })`, then `config.getOrThrow('chatkit.agents')`
 * in a factory. Nothing else reads an environment.
 */
export const chatKitNamespaces = {
  /** For the `ChatKitAgentsModule`. */
  agents: (env: NodeJS.ProcessEnv) => registerAs('chatkit.agents', () => loadConfig(AgentsConfig, env)),
  /** For the `ChatKitAttachmentsModule`. */
  attachments: (env: NodeJS.ProcessEnv) =>
    registerAs('chatkit.attachments', () => loadConfig(AttachmentsConfig, env)),
  /** For `authOptionsFrom()` and the `ChatKitAuthModule`. */
  auth: (env: NodeJS.ProcessEnv) => registerAs('chatkit.auth', () => loadConfig(AuthConfig, env)),
  /** For the `ChatKitDocumentsModule`. */
  documents: (env: NodeJS.ProcessEnv) =>
    registerAs('chatkit.documents', () => loadConfig(DocumentsConfig, env)),
  /** For `settings` of the `ChatKitModule`. */
  http: (env: NodeJS.ProcessEnv) => registerAs('chatkit.http', () => loadConfig(HttpConfig, env)),
  /** For the `ChatKitMcpModule`. */
  mcp: (env: NodeJS.ProcessEnv) => registerAs('chatkit.mcp', () => loadConfig(McpConfig, env)),
  /** For the `ChatKitStoreModule`. */
  store: (env: NodeJS.ProcessEnv) => registerAs('chatkit.store', () => loadConfig(StoreConfig, env)),
};
