import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { IsText, MayBeAbsent } from '../../chatkit/index.js';
import { TENANT_ISOLATIONS, type TenantIsolation } from '../../store/index.js';

/** Characters of a tenant's name. */
const MAX_NAME = 256;

/** Which page of the tenants is asked for. */
export class TenantsFields {
  /** The tenant after which it begins. */
  @MayBeAbsent()
  @IsText({ max: MAX_NAME })
  readonly after?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;
}

/** Which tenant is meant. */
export class TenantParams {
  @IsText({ max: MAX_NAME })
  readonly tenant_id: string = '';
}

/** A tenant that is added. */
export class NewTenantFields extends TenantParams {
  /** Default: where tenants are put that come by themselves. */
  @MayBeAbsent()
  @IsIn(TENANT_ISOLATIONS)
  readonly isolation?: TenantIsolation;
}

/** Where a tenant is moved to. */
export class MoveFields {
  @IsIn(TENANT_ISOLATIONS)
  readonly to: TenantIsolation = 'row';
}

/** How the schemas of tenants are migrated. */
export class MigrateFields {
  /** Schemas at once. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(20)
  readonly at_once?: number;

  /** Times that one is tried. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(20)
  readonly attempts?: number;
}
