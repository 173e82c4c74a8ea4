import type { MigrationInterface, QueryRunner } from 'typeorm';
import { quoted, schemaOf } from '../store/schema/names.js';

/** How large the file of a document was, for the limits of what is stored; empty for those from before. */
export class KeepSizes1764330100000 implements MigrationInterface {
  readonly name = 'KeepSizes1764330100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ${quoted(schemaOf(runner))}."documents" ADD COLUMN "bytes" bigint`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE ${quoted(schemaOf(runner))}."documents" DROP COLUMN "bytes"`);
  }
}
