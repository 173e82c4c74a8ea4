import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { MAX_INSTRUCTIONS } from '../agents/index.js';
import type { FeedbackKind } from '../chatkit/core/index.js';
import { IsText, IsTime } from '../chatkit/index.js';
import type { UsageGroup } from '../store/index.js';

/** What an administrator sets for the organisation. */
export class OrganisationFields {
  /** What the assistant is asked to do and to know; empty for nothing. */
  @IsText({ min: 0, max: MAX_INSTRUCTIONS })
  readonly instructions: string = '';
}

/** From when until when. */
export class RangeFields {
  /** Default: 30 days before `to`. */
  @IsOptional()
  @IsTime()
  readonly from?: string;

  /** Exclusive. Default: now. */
  @IsOptional()
  @IsTime()
  readonly to?: string;
}

/** Which answers are counted, and how. */
export class UsageFields extends RangeFields {
  @IsIn(['day', 'user', 'model'])
  readonly groupBy: UsageGroup = 'day';
}

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
