import type { MigrationInterface, QueryRunner } from 'typeorm';
import { dropHeldRows, keepHeldRows } from '../store/schema/held-rows.js';

/** Keeps documents and their pieces that are removed, or replaced by newer ones, while their tenant is on legal hold. */
export class HoldDocuments1764300300000 implements MigrationInterface {
  readonly name = 'HoldDocuments1764300300000';

  async up(runner: QueryRunner): Promise<void> {
    await keepHeldRows(runner, 'documents', { id: 'id' });
    await keepHeldRows(runner, 'document_chunks', { id: 'document_id' });
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['documents', 'document_chunks']) await dropHeldRows(runner, table);
  }
}
