import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../schema/names.js';
import { seenByOwner } from '../schema/seen-by-owner.js';

/**
 * Has items refer to a thread of their own user: row-level security compares each row's owner with who writes it, and foreign
 * keys look past it. An attachment refers to none, since it may name a thread that is yet to come.
 */
export class CarryOwners1764100100000 implements MigrationInterface {
  readonly name = 'CarryOwners1764100100000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`
      ALTER TABLE ${schema}."threads"
      ADD CONSTRAINT "threads_of_owner" UNIQUE ("tenant_id", "owner_id", "id")`);
    await seenByOwner(runner, ['threads', 'items'], async () => {
      await runner.query(`
        DELETE FROM ${schema}."items" WHERE NOT EXISTS (
          SELECT FROM ${schema}."threads" WHERE threads.tenant_id = items.tenant_id
            AND threads.owner_id = items.owner_id AND threads.id = items.thread_id)`);
      await runner.query(`
        ALTER TABLE ${schema}."items"
        DROP CONSTRAINT "items_of_thread",
        ADD CONSTRAINT "items_of_own_thread" FOREIGN KEY ("tenant_id", "owner_id", "thread_id")
          REFERENCES ${schema}."threads" ("tenant_id", "owner_id", "id") ON DELETE CASCADE`);
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await runner.query(`
      ALTER TABLE ${schema}."items"
      DROP CONSTRAINT "items_of_own_thread",
      ADD CONSTRAINT "items_of_thread" FOREIGN KEY ("tenant_id", "thread_id")
        REFERENCES ${schema}."threads" ("tenant_id", "id") ON DELETE CASCADE`);
    await runner.query(`ALTER TABLE ${schema}."threads" DROP CONSTRAINT "threads_of_owner"`);
  }
}
