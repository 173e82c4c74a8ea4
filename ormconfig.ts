import { schemaFeatures } from './src/app/schema-features.js';
import { StoreConfig } from './src/config/store.config.js';
import { loadConfig } from './src/config/validate.js';
import { MigrationDataSource } from './src/store/connection/data-source.js';
import { writableHost } from './src/store/connection/writable-host.js';
import { SchemaFeatures } from './src/store/schema/schema-features.js';
import { databaseForTools } from './src/embedded-postgres/embedded-postgres.js';

/**
 * The connection of the TypeORM command line, by the same settings as the server's: the configured database and schema, else the embedded
 * database if it runs.
 */
const config = loadConfig(StoreConfig, process.env);
const url = config.migrationUrl ?? config.databaseUrl ?? (await databaseForTools(config.dataDirectory));

export default new MigrationDataSource(
  await writableHost(url),
  config.schema,
  new SchemaFeatures(schemaFeatures()),
);
