import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ItemEntity } from './item.entity.js';

/** What a user thinks of an item; the last word counts. */
@Entity({ name: 'feedback' })
@Index('feedback_by_time', ['tenantId', 'createdAt', 'threadId', 'itemId', 'userId'])
@ForeignKey(() => ItemEntity, ['tenantId', 'threadId', 'itemId'], ['tenantId', 'threadId', 'id'], {
  name: 'feedback_on_item',
  onDelete: 'CASCADE',
})
export class FeedbackEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'feedback_key' })
  tenantId!: string;

  @PrimaryColumn('text', { name: 'thread_id', primaryKeyConstraintName: 'feedback_key' })
  threadId!: string;

  @PrimaryColumn('text', { name: 'item_id', primaryKeyConstraintName: 'feedback_key' })
  itemId!: string;

  @PrimaryColumn('text', { name: 'user_id', primaryKeyConstraintName: 'feedback_key' })
  userId!: string;

  @Column('text')
  kind!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt!: Date;
}
