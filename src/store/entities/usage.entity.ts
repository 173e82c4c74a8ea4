import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What one answer, or one title, has cost. Stays when its thread is deleted. */
@Entity({ name: 'usage' })
@Index('usage_by_time', ['tenantId', 'createdAt'])
@Check('usage_scope', `"tenant_id" <> '' AND "user_id" <> ''`)
export class UsageEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'usage_key' })
  tenantId!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'usage_key' })
  id!: string;

  @Column('text', { name: 'user_id' })
  userId!: string;

  @Column('text', { name: 'thread_id' })
  threadId!: string;

  @Column('text')
  model!: string;

  /** `answer` or `title`. */
  @Column('text')
  purpose!: string;

  /** `completed`, `stopped` or `failed`. */
  @Column('text')
  outcome!: string;

  @Column('integer')
  requests!: number;

  @Column('bigint', { name: 'input_tokens' })
  inputTokens!: string;

  @Column('bigint', { name: 'cached_input_tokens' })
  cachedInputTokens!: string;

  @Column('bigint', { name: 'output_tokens' })
  outputTokens!: string;

  @Column('integer', { name: 'first_token_ms', nullable: true })
  firstTokenMs!: number | null;

  @Column('integer', { name: 'duration_ms' })
  durationMs!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt!: Date;
}
