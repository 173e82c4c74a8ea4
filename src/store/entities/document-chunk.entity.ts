import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DocumentEntity } from './document.entity.js';

/** A piece of a document, as it is found and cited. */
@Entity({ name: 'document_chunks' })
@ForeignKey(() => DocumentEntity, ['tenantId', 'documentId'], ['tenantId', 'id'], {
  name: 'document_chunks_of_document',
  onDelete: 'CASCADE',
})
export class DocumentChunkEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'document_chunks_key' })
  tenantId!: string;

  @PrimaryColumn('text', { name: 'document_id', primaryKeyConstraintName: 'document_chunks_key' })
  documentId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'document_chunks_key' })
  seq!: number;

  /** The headings above it, outermost first. */
  @Column('text')
  heading!: string;

  @Column('text')
  text!: string;

  @Column('tsvector')
  search!: string;
}
