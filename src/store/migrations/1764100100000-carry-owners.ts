import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../schema/names.js';

/** Lets rows refer to a thread by its owner, too. Reads go on while the index is made. */
export class CarryOwners1764100100000 implements MigrationInterface {
  readonly name = 'CarryOwners1764100100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE UNIQUE INDEX "threads_of_owner"
      ON ${quoted(schemaOf(runner))}."threads" ("tenant_id", "owner_id", "id")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${quoted(schemaOf(runner))}."threads_of_owner"`);
  }
}
