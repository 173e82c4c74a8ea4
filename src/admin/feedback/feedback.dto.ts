import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import type { FeedbackKind } from '../../chatkit/core/index.js';
import { IsText } from '../../chatkit/index.js';

/** Which page of the opinions is asked for. */
export class FeedbackFields {
  @IsOptional()
  @IsIn(['positive', 'negative'])
  readonly kind?: FeedbackKind;

  /** As the page before gave it. */
  @IsOptional()
  @IsText({ max: 6000 })
  readonly after?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;
}
