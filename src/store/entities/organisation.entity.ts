import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What a tenant's administrators have set. */
@Entity({ name: 'organisations' })
@Check('organisations_scope', `"tenant_id" <> ''`)
export class OrganisationEntity {
  @PrimaryColumn('text', { name: 'tenant_id', primaryKeyConstraintName: 'organisations_key' })
  tenantId!: string;

  /** For the assistant; empty when there are none. */
  @Column('text')
  instructions!: string;

  @Column('timestamptz', { name: 'updated_at', default: () => 'clock_timestamp()' })
  updatedAt!: Date;

  @Column('text', { name: 'updated_by' })
  updatedBy!: string;
}
