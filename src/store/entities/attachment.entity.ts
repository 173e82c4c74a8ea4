import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The record of an uploaded file; the file itself lives in an attachment store. */
@Entity({ name: 'attachments' })
@Index('attachments_by_thread', ['tenantId', 'ownerId', 'threadId'])
@Check('attachments_scope', `"tenant_id" <> '' AND "owner_id" <> ''`)
export class AttachmentEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'attachments_key' })
  tenantId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'attachments_key' })
  id!: string;

  @Column('text', { name: 'owner_id' })
  ownerId!: string;

  /** The thread it was sent in; null while it waits to be sent. */
  @Column('text', { name: 'thread_id', nullable: true })
  threadId!: string | null;

  @Column('json')
  data!: unknown;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt!: Date;
}
