export { databaseForTools, EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.js';
