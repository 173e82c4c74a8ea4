import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../schema/names.js';
import { seeAll } from '../schema/seen-by-migrations.js';

/** Removes items on threads of other users, and checks the rest, while others go on reading and writing. */
export class CheckOwnItems1764100120000 implements MigrationInterface {
  readonly name = 'CheckOwnItems1764100120000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await seeAll(runner);
    await runner.query(`
      DELETE FROM ${schema}."items" WHERE NOT EXISTS (
        SELECT FROM ${schema}."threads" WHERE threads.tenant_id = items.tenant_id
          AND threads.owner_id = items.owner_id AND threads.id = items.thread_id)`);
    await runner.query(`ALTER TABLE ${schema}."items" VALIDATE CONSTRAINT "items_of_own_thread"`);
  }

  /** What was checked may stay checked. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
