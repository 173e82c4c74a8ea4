import { IsOptional } from 'class-validator';
import { PageLimit } from '../chatkit/admin/page.dto.js';
import { IsText, IsTime } from '../chatkit/index.js';

/** Which page of the audit log is asked for. */
export class AuditFields extends PageLimit {
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
}
