import { OperatorError } from '../chatkit/core/errors.js';
import type { TenantScope } from '../chatkit/core/store/scope.js';
import { storableText } from '../chatkit/core/text.js';
import { statement } from './unit-of-work/statement.js';
import type { UnitOfWork } from './unit-of-work/unit-of-work.js';

/** What a tenant's administrators have set. */
export interface Organisation {
  /** For the assistant; empty when there are none. */
  readonly instructions: string;
  readonly updatedAt: Date;
  /** Id of the user who set it last. */
  readonly updatedBy: string;
}

interface OrganisationRow {
  readonly instructions: string;
  readonly updated_at: Date;
  readonly updated_by: string;
}

const RETURNED = 'instructions, updated_at, updated_by';

const selectOrganisation = statement<[tenantId: string], OrganisationRow>(
  'organisation',
  `SELECT ${RETURNED} FROM organisations WHERE tenant_id = $1`,
);

const upsertOrganisation = statement<
  [tenantId: string, userId: string, instructions: string],
  OrganisationRow
>(
  'organisation_save',
  `INSERT INTO organisations (tenant_id, updated_by, instructions) VALUES ($1, $2, $3)
   ON CONFLICT (tenant_id) DO UPDATE
     SET instructions = excluded.instructions, updated_by = excluded.updated_by,
         updated_at = clock_timestamp()
   RETURNING ${RETURNED}`,
);

/** Organisations in PostgreSQL, each seen by its own members alone. */
export class TypeOrmOrganisationStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** The caller's organisation; undefined when nothing was ever set for it. */
  async load(scope: TenantScope): Promise<Organisation | undefined> {
    const [{ rows }] = await this.unitOfWork.pipeline(scope, selectOrganisation(scope.tenantId));
    return rows[0] && organisation(rows[0]);
  }

  /** Sets the instructions of the caller's organisation; whether the caller may is for others to check. */
  async save(instructions: string, scope: TenantScope): Promise<Organisation> {
    const { tenantId, userId } = scope;
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      upsertOrganisation(tenantId, userId, storableText(instructions)),
    );
    const [row] = rows;
    if (row === undefined) throw new OperatorError('the organisation was not stored');
    return organisation(row);
  }
}

function organisation({ instructions, updated_at, updated_by }: OrganisationRow): Organisation {
  return { instructions, updatedAt: updated_at, updatedBy: updated_by };
}
