import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min, ValidateIf } from 'class-validator';
import { IsText, MayBeAbsent } from '../../chatkit/index.js';
import { TENANT_ISOLATIONS, type TenantIsolation } from '../../store/index.js';

/** Characters of a tenant's name. */
const MAX_NAME = 256;
/** Characters of a database's name. */
const MAX_DATABASE = 32;

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

  /** Name of the database. Default: the home of all. */
  @MayBeAbsent()
  @IsText({ max: MAX_DATABASE })
  readonly database?: string;
}

/** Where a tenant is moved to; one of both has to be named, and what is not stays as it is. */
export class MoveFields {
  @ValidateIf(({ to, to_database: database }: MoveFields) => to !== undefined || database === undefined)
  @IsIn(TENANT_ISOLATIONS)
  readonly to?: TenantIsolation;

  /** Name of the database. */
  @MayBeAbsent()
  @IsText({ max: MAX_DATABASE })
  readonly to_database?: string;
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
