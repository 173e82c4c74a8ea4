import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Remembers for a while that a thread was deleted, so that an answer still being written cannot bring it
 * back by saving its title.
 */
@Entity({ name: 'deleted_threads' })
export class DeletedThreadEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'deleted_threads_key' })
  tenantId!: string;

  @PrimaryColumn('text', { name: 'owner_id', primaryKeyConstraintName: 'deleted_threads_key' })
  ownerId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'deleted_threads_key' })
  id!: string;

  @Column('timestamptz', { name: 'deleted_at', default: () => 'clock_timestamp()' })
  deletedAt!: Date;
}
