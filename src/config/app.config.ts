import { AgentsConfig } from './agents.config.js';
import { ApiDocsConfig } from './api-docs.config.js';
import { AttachmentsConfig } from './attachments.config.js';
import { AuthConfig } from './auth.config.js';
import { DemoConfig } from './demo.config.js';
import { DocumentsConfig } from './documents.config.js';
import { HttpConfig } from './http.config.js';
import { LimitsConfig } from './limits.config.js';
import { McpConfig } from './mcp.config.js';
import { StoreConfig } from './store.config.js';
import { TelemetryConfig } from './telemetry.config.js';
import { TenantsConfig } from './tenants.config.js';
import { ConfigError, loadConfig, type ConfigClass, type ConfigProblem } from './validate.js';

/** Every configuration class, in the order in which their variables are listed. */
export const CONFIG_CLASSES: readonly ConfigClass<object>[] = [
  HttpConfig,
  AuthConfig,
  StoreConfig,
  AgentsConfig,
  McpConfig,
  DocumentsConfig,
  LimitsConfig,
  DemoConfig,
  AttachmentsConfig,
  TelemetryConfig,
  TenantsConfig,
  ApiDocsConfig,
];

/** The whole configuration, validated. */
export interface AppConfig {
  readonly http: HttpConfig;
  readonly auth: AuthConfig;
  readonly store: StoreConfig;
  readonly agents: AgentsConfig;
  readonly mcp: McpConfig;
  readonly documents: DocumentsConfig;
  readonly limits: LimitsConfig;
  readonly demo: DemoConfig;
  readonly attachments: AttachmentsConfig;
  readonly telemetry: TelemetryConfig;
  readonly tenants: TenantsConfig;
  readonly apiDocs: ApiDocsConfig;
}

/**
 * Reads every configuration class from the environment.
 *
 * @throws {ConfigError} naming all variables that are malformed or missing, of all classes at once
 */
export function readAppConfig(env: NodeJS.ProcessEnv): AppConfig {
  const problems: ConfigProblem[] = [];
  const read = <T extends object>(Class: ConfigClass<T>): T => {
    try {
      return loadConfig(Class, env);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return new Class();
    }
  };
  const config = {
    http: read(HttpConfig),
    auth: read(AuthConfig),
    store: read(StoreConfig),
    agents: read(AgentsConfig),
    mcp: read(McpConfig),
    documents: read(DocumentsConfig),
    limits: read(LimitsConfig),
    demo: read(DemoConfig),
    attachments: read(AttachmentsConfig),
    telemetry: read(TelemetryConfig),
    tenants: read(TenantsConfig),
    apiDocs: read(ApiDocsConfig),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
