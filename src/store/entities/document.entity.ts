import { Check, Column, Entity, Generated, Index, PrimaryColumn, Unique } from 'typeorm';

/** A document that the members of a tenant may be answered from. */
@Entity({ name: 'documents' })
@Check('documents_scope', `"tenant_id" <> ''`)
@Unique('documents_source', ['tenantId', 'source'])
@Index('documents_in_order', ['tenantId', 'position'])
export class DocumentEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'documents_key' })
  tenantId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'documents_key' })
  id!: string;

  /** Where it came from; what comes from there again takes its place. */
  @Column('text')
  source!: string;

  @Column('text')
  title!: string;

  /** Where a reader finds it. */
  @Column('text', { nullable: true })
  url!: string | null;

  @Column('text')
  filename!: string;

  @Column('text')
  format!: string;

  /** A text search configuration of PostgreSQL. */
  @Column('text')
  language!: string;

  @Column('integer')
  characters!: number;

  @Column('integer')
  chunks!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'clock_timestamp()' })
  updatedAt!: Date;

  /** Order of creation. */
  @Column('bigint')
  @Generated('increment')
  position!: string;
}
