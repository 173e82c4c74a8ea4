import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../../store/schema/names.js';
import { seeAll } from '../../store/schema/seen-by-migrations.js';

/** Removes opinions on threads of other users, and checks the rest, while others go on reading and writing. */
export class CheckOwnFeedback1764100210000 implements MigrationInterface {
  readonly name = 'CheckOwnFeedback1764100210000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await seeAll(runner);
    await runner.query(`
      DELETE FROM ${schema}."feedback" WHERE NOT EXISTS (
        SELECT FROM ${schema}."threads" WHERE threads.tenant_id = feedback.tenant_id
          AND threads.owner_id = feedback.user_id AND threads.id = feedback.thread_id)`);
    await runner.query(`ALTER TABLE ${schema}."feedback" VALIDATE CONSTRAINT "feedback_on_own_thread"`);
  }

  /** What was checked may stay checked. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
