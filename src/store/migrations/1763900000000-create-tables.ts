import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from './names.js';

/** Whose rows they are, by table: the column that names the user. */
const OWNED = {
  threads: 'owner_id',
  items: 'owner_id',
  attachments: 'owner_id',
  feedback: 'user_id',
  deleted_threads: 'owner_id',
};

/** The tables, who may use them, and which rows each user of each tenant may see and write. */
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
      CREATE TABLE ${schema}."feedback" (
        "tenant_id" text NOT NULL,
        "thread_id" text NOT NULL,
        "item_id" text NOT NULL,
        "user_id" text NOT NULL,
        "kind" text NOT NULL,
        "created_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "feedback_key" PRIMARY KEY ("tenant_id", "thread_id", "item_id", "user_id"),
        CONSTRAINT "feedback_on_item" FOREIGN KEY ("tenant_id", "thread_id", "item_id")
          REFERENCES ${schema}."items" ("tenant_id", "thread_id", "id") ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE TABLE ${schema}."deleted_threads" (
        "tenant_id" text NOT NULL,
        "owner_id" text NOT NULL,
        "id" text NOT NULL,
        "deleted_at" timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT "deleted_threads_key" PRIMARY KEY ("tenant_id", "owner_id", "id")
      )`);
    await runner.query(`GRANT USAGE ON SEQUENCE ${schema}."threads_position_seq" TO ${role}`);
    for (const [table, user] of Object.entries(OWNED)) {
      const name = `${schema}."${table}"`;
      const own = `"tenant_id" = current_setting('chatkit.tenant', true)
        AND "${user}" = current_setting('chatkit.user', true)`;
      await runner.query(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`);
      await runner.query(`CREATE POLICY "${table}_of_owner" ON ${name} USING (${own}) WITH CHECK (${own})`);
      await runner.query(`REVOKE ALL ON ${name} FROM PUBLIC`);
      await runner.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${name} TO ${role}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    for (const table of Object.keys(OWNED).toReversed())
      await runner.query(`DROP TABLE ${schema}."${table}"`);
  }
}
