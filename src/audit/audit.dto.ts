import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsText, IsTime } from '../chatkit/index.js';

/** Which page of the audit log is asked for. */
export class AuditFields {
  /** Default: all actions. */
  @IsOptional()
  @IsText({ max: 100 })
  readonly action?: string;

  /** Default: from the beginning. */
  @IsOptional()
  @IsTime()
  readonly from?: string;

  /** Exclusive. Default: until now. */
  @IsOptional()
  @IsTime()
  readonly to?: string;

  /** As the page before gave it. */
  @IsOptional()
  @IsText({ max: 200 })
  readonly after?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;
}
