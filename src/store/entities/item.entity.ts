import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { ThreadEntity } from './thread.entity.js';

/** An entry of a thread. Its place is `seq`, whatever its time says; replacing it keeps its place. */
@Entity({ name: 'items' })
@Unique('items_in_order', ['tenantId', 'threadId', 'seq'])
@ForeignKey(() => ThreadEntity, ['tenantId', 'threadId'], ['tenantId', 'id'], {
  name: 'items_of_thread',
  onDelete: 'CASCADE',
})
export class ItemEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'items_key' })
  tenantId!: string;

  @PrimaryColumn('text', { name: 'thread_id', primaryKeyConstraintName: 'items_key' })
  threadId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'items_key' })
  id!: string;

  /** Owner of the thread, repeated here so that row-level security needs no join. */
  @Column('text', { name: 'owner_id' })
  ownerId!: string;

  @Column('bigint')
  seq!: string;

  @Column('text')
  type!: string;

  @Column('json')
  data!: unknown;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt!: Date;
}
