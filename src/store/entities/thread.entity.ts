import { Check, Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';

/**
 * A thread. `data` is the whole of it as the store was given it, in a `json` column, which returns exactly
 * the text it got, NUL characters and lone surrogates included; the other columns serve queries and people.
 */
@Entity({ name: 'threads' })
@Index('threads_by_owner', ['tenantId', 'ownerId', 'position'])
@Check('threads_scope', `"tenant_id" <> '' AND "owner_id" <> ''`)
export class ThreadEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'threads_key' })
  tenantId!: string;

  @PrimaryColumn('text', { primaryKeyConstraintName: 'threads_key' })
  id!: string;

  @Column('text', { name: 'owner_id' })
  ownerId!: string;

  /** The title, without what a `text` column cannot hold. */
  @Column('text', { nullable: true })
  title!: string | null;

  @Column('text')
  status!: string;

  @Column('json')
  data!: unknown;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'clock_timestamp()' })
  updatedAt!: Date;

  /** The `seq` last given to an item; the row lock on it puts writers in line. */
  @Column('bigint', { name: 'last_seq', default: 0 })
  lastSeq!: string;

  /** Order of creation, exact where times are equal. */
  @Column('bigint')
  @Generated('increment')
  position!: string;
}
