import type { MigrationInterface, QueryRunner } from 'typeorm';
import { hideFromMigrations, showToMigrations } from '../schema/seen-by-migrations.js';

const TABLES = ['threads', 'items'];

/** Items were checked, and no migration sees them any more. */
export class HideItems1764100130000 implements MigrationInterface {
  readonly name = 'HideItems1764100130000';

  async up(runner: QueryRunner): Promise<void> {
    await hideFromMigrations(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await showToMigrations(runner, TABLES);
  }
}
