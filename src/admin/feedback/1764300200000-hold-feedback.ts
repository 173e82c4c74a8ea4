import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropHeldRows, keepHeldRows } from '../../store/schema/held-rows.js';

/** Keeps opinions that go with what they are about while that is on legal hold. */
export class HoldFeedback1764300200000 implements MigrationInterface {
  readonly name = 'HoldFeedback1764300200000';

  async up(runner: QueryRunner): Promise<void> {
    await keepHeldRows(runner, 'feedback', { owner: 'user_id' });
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropHeldRows(runner, 'feedback');
  }
}
