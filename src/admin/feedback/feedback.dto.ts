import { IsIn, IsOptional } from 'class-validator';
import type { FeedbackKind } from '../../chatkit/core/index.js';
import { PageLimit } from '../../chatkit/admin/page.dto.js';
import { IsText } from '../../chatkit/index.js';

/** Which page of the opinions is asked for. */
export class FeedbackFields extends PageLimit {
  @IsOptional()
  @IsIn(['positive', 'negative'])
  readonly kind?: FeedbackKind;

  /** As the page before gave it. */
  @IsOptional()
  @IsText({ max: 6000 })
  readonly after?: string;
}
