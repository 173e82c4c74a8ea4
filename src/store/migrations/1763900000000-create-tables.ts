import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../schema/names.js';
import { tableRules } from '../schema/table-rules.js';

const TABLES = ['threads', 'items', 'attachments', 'deleted_threads'];

/**
 * Conversations. `data` is the whole of a thread, an item or an attachment in a `json` column, which gives back
 * exactly the text it was given, NUL characters and lone surrogates included; other columns serve queries and
 * people. `shown` is what clients are shown of a thread in a list, and `as_shown` says that they are shown an item's `data`
 * as it is: both leave without being parsed. Threads and items are in order by `position` and `seq`, since times may be equal; a writer takes the next
 * `seq` as `last_seq` under the lock of the thread's row. An attachment has no thread while it waits to be sent. Items
 * repeat the owner of their thread, so that row-level security needs no join.
 */
export class CreateTables1763900000000 implements MigrationInterface {
  readonly name = 'CreateTables1763900000000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    const role = await granteeOf(runner);
    await runner.query(`
      CREATE TABLE ${schema}."threads" (
        "tenant_id" text NOT NULL,
        "id" text NOT NULL,
        "owner_id" text NOT NULL,
        "title" text,
        "status" text NOT NULL,
        "data" json NOT NULL,
        "shown" json NOT NULL,
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "updated_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        "last_seq" bigint NOT NULL DEFAULT 0,
        "position" bigserial NOT NULL,
        CONSTRAINT "threads_key" PRIMARY KEY ("tenant_id", "id"),
        CONSTRAINT "threads_scope" CHECK ("tenant_id" <> '' AND "owner_id" <> '')
      ) WITH (fillfactor = 80)`);
    await runner.query(`
      CREATE INDEX "threads_by_owner" ON ${schema}."threads" ("tenant_id", "owner_id", "position")`);
    await runner.query(`
      CREATE TABLE ${schema}."items" (
        "tenant_id" text NOT NULL,
        "thread_id" text NOT NULL,
        "id" text NOT NULL,
        "owner_id" text NOT NULL,
        "seq" bigint NOT NULL,
        "type" text NOT NULL,
        "data" json NOT NULL,
        "as_shown" boolean NOT NULL DEFAULT false,
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "items_key" PRIMARY KEY ("tenant_id", "thread_id", "id"),
        CONSTRAINT "items_in_order" UNIQUE ("tenant_id", "thread_id", "seq"),
        CONSTRAINT "items_of_thread" FOREIGN KEY ("tenant_id", "thread_id")
          REFERENCES ${schema}."threads" ("tenant_id", "id") ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE TABLE ${schema}."attachments" (
        "tenant_id" text NOT NULL,
        "id" text NOT NULL,
        "owner_id" text NOT NULL,
        "thread_id" text,
        "data" json NOT NULL,
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "attachments_key" PRIMARY KEY ("tenant_id", "id"),
        CONSTRAINT "attachments_scope" CHECK ("tenant_id" <> '' AND "owner_id" <> '')
      )`);
    await runner.query(`
      CREATE INDEX "attachments_by_thread"
      ON ${schema}."attachments" ("tenant_id", "owner_id", "thread_id")`);
    await runner.query(`
      CREATE TABLE ${schema}."deleted_threads" (
        "tenant_id" text NOT NULL,
        "owner_id" text NOT NULL,
        "id" text NOT NULL,
        "deleted_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "deleted_threads_key" PRIMARY KEY ("tenant_id", "owner_id", "id")
      )`);
    await runner.query(`GRANT USAGE ON SEQUENCE ${schema}."threads_position_seq" TO ${role}`);
    for (const table of TABLES) {
      await runner.query(tableRules(schemaOf(runner), table, role, { owner: 'owner_id' }));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    for (const table of TABLES.toReversed()) await runner.query(`DROP TABLE ${schema}."${table}"`);
  }
}
