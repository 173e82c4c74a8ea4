import { Type } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { MAX_INSTRUCTIONS } from '../agents/index.js';
import type { FeedbackKind } from '../chatkit/core/index.js';
import type { UsageGroup } from '../store/index.js';

/** What an administrator sets for the organisation. */
export class OrganisationFields {
  /** What the assistant is asked to do and to know; empty for nothing. */
  @IsString()
  @MaxLength(MAX_INSTRUCTIONS)
  readonly instructions: string = '';
}

/** From when until when. */
export class RangeFields {
  /** Default: 30 days before `to`. */
  @IsOptional()
  @IsISO8601({ strict: true })
  readonly from?: string;

  /** Exclusive. Default: now. */
  @IsOptional()
  @IsISO8601({ strict: true })
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
  @MaxLength(6000)
  readonly after?: string;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;
}
