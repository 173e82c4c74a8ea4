import { applyDecorators } from '@nestjs/common';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { LimitName } from '../../common/limits/limits.js';

const IsLimit = (): PropertyDecorator =>
  applyDecorators(IsOptional(), IsInt(), Min(0), Max(Number.MAX_SAFE_INTEGER));

/** The limits of a tenant, in place of the configuration's; 0 is no limit, and what is left out is as configured. */
export class TenantLimitsFields implements Record<LimitName, number | null | undefined> {
  @IsLimit()
  readonly userRequests: number | null | undefined;

  @IsLimit()
  readonly tenantRequests: number | null | undefined;

  @IsLimit()
  readonly userStreams: number | null | undefined;

  @IsLimit()
  readonly tenantStreams: number | null | undefined;

  @IsLimit()
  readonly userTokensDay: number | null | undefined;

  @IsLimit()
  readonly userTokensMonth: number | null | undefined;

  @IsLimit()
  readonly tenantTokensDay: number | null | undefined;

  @IsLimit()
  readonly tenantTokensMonth: number | null | undefined;

  @IsLimit()
  readonly userThreads: number | null | undefined;

  @IsLimit()
  readonly tenantThreads: number | null | undefined;

  @IsLimit()
  readonly userFileBytes: number | null | undefined;

  @IsLimit()
  readonly tenantFileBytes: number | null | undefined;
}
