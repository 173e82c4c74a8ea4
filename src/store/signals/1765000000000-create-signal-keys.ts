import type { MigrationInterface, QueryRunner } from 'typeorm';
import { granteeOf, quoted, schemaOf } from '../schema/names.js';
import { boundBy } from '../schema/table-rules.js';

const POLICIES = {
  signal_keys_for_operators: `FOR SELECT USING (current_setting('chatkit.operator', true) = 'on')`,
};

/**
 * The one key by which replicas seal what they tell each other. It is made here, of more than 240 random bits, and never changed:
 * nobody has a right to.
 */
export class CreateSignalKeys1765000000000 implements MigrationInterface {
  readonly name = 'CreateSignalKeys1765000000000';

  async up(runner: QueryRunner): Promise<void> {
    const table = `${quoted(schemaOf(runner))}."signal_keys"`;
    await runner.query(`CREATE TABLE ${table} ("key" bytea NOT NULL)`);
    await runner.query(`
      INSERT INTO ${table} ("key")
      SELECT sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))`);
    await runner.query(boundBy(table, POLICIES, 'SELECT', await granteeOf(runner), false));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${quoted(schemaOf(runner))}."signal_keys"`);
  }
}
