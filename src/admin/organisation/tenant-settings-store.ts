import { OperatorError } from '../../chatkit/core/errors.js';
import type { TenantScope } from '../../chatkit/core/store/scope.js';
import { storableText } from '../../chatkit/core/text.js';
import { statement, type UnitOfWork } from '../../store/index.js';

/** What a tenant's administrators have set. */
export interface TenantSettings {
  /** For the assistant; empty when there are none. */
  readonly instructions: string;
  readonly updatedAt: Date;
  /** Id of the user who set it last. */
  readonly updatedBy: string;
}

interface TenantSettingsRow {
  readonly instructions: string;
  readonly updated_at: Date;
  readonly updated_by: string;
}

const RETURNED = 'instructions, updated_at, updated_by';

const selectSettings = statement<[tenantId: string], TenantSettingsRow>(
  'tenant_settings',
  `SELECT ${RETURNED} FROM tenant_settings WHERE tenant_id = $1`,
);

const upsertSettings = statement<[tenantId: string, userId: string, instructions: string], TenantSettingsRow>(
  'tenant_settings_save',
  `INSERT INTO tenant_settings (tenant_id, updated_by, instructions) VALUES ($1, $2, $3)
   ON CONFLICT (tenant_id) DO UPDATE
     SET instructions = excluded.instructions, updated_by = excluded.updated_by,
         updated_at = clock_timestamp()
   RETURNING ${RETURNED}`,
);

/** The settings of tenants in PostgreSQL, each seen by its own members alone. */
export class TypeOrmTenantSettingsStore {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Those of the caller's tenant; undefined when nothing was ever set for it. */
  async load(scope: TenantScope): Promise<TenantSettings | undefined> {
    const [{ rows }] = await this.unitOfWork.pipeline(scope, selectSettings(scope.tenantId));
    return rows[0] && settingsOf(rows[0]);
  }

  /** Sets the instructions of the caller's tenant; whether the caller may is for others to check. */
  async save(instructions: string, scope: TenantScope): Promise<TenantSettings> {
    const { tenantId, userId } = scope;
    const [{ rows }] = await this.unitOfWork.pipeline(
      scope,
      upsertSettings(tenantId, userId, storableText(instructions)),
    );
    const [row] = rows;
    if (row === undefined) throw new OperatorError('the settings were not stored');
    return settingsOf(row);
  }
}

function settingsOf({ instructions, updated_at, updated_by }: TenantSettingsRow): TenantSettings {
  return { instructions, updatedAt: updated_at, updatedBy: updated_by };
}
