import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf, seenByOwner } from '../../store/index.js';

/** Has opinions refer to a thread of whoever has them, beside the item in it. */
export class OwnFeedback1764100200000 implements MigrationInterface {
  readonly name = 'OwnFeedback1764100200000';

  async up(runner: QueryRunner): Promise<void> {
    const schema = quoted(schemaOf(runner));
    await seenByOwner(runner, ['threads', 'feedback'], async () => {
      await runner.query(`
        DELETE FROM ${schema}."feedback" WHERE NOT EXISTS (
          SELECT FROM ${schema}."threads" WHERE threads.tenant_id = feedback.tenant_id
            AND threads.owner_id = feedback.user_id AND threads.id = feedback.thread_id)`);
      await runner.query(`
        ALTER TABLE ${schema}."feedback"
        ADD CONSTRAINT "feedback_on_own_thread" FOREIGN KEY ("tenant_id", "user_id", "thread_id")
          REFERENCES ${schema}."threads" ("tenant_id", "owner_id", "id") ON DELETE CASCADE`);
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE ${quoted(schemaOf(runner))}."feedback" DROP CONSTRAINT "feedback_on_own_thread"`,
    );
  }
}
