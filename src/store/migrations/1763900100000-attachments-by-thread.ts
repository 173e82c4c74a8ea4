import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from './names.js';

/** Finds the attachments of a thread when it is deleted, and those of a user that wait to be sent. */
export class AttachmentsByThread1763900100000 implements MigrationInterface {
  readonly name = 'AttachmentsByThread1763900100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX "attachments_by_thread" ON ${quoted(schemaOf(runner))}."attachments"
        ("tenant_id", "owner_id", "thread_id")`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${quoted(schemaOf(runner))}."attachments_by_thread"`);
  }
}
