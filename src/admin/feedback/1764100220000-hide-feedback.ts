import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hideFromMigrations, showToMigrations } from '../../store/schema/seen-by-migrations.js';

const TABLES = ['threads', 'feedback'];

/** Opinions were checked, and no migration sees them any more. */
export class HideFeedback1764100220000 implements MigrationInterface {
  readonly name = 'HideFeedback1764100220000';

  async up(runner: QueryRunner): Promise<void> {
    await hideFromMigrations(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await showToMigrations(runner, TABLES);
  }
}
