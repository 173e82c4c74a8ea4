import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { MOST_DAYS } from './retention-days.js';

/** Days that threads are kept, by their status: 0 is for ever, null as the configuration says, what is not named stays. */
export class RetentionFields {
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_DAYS)
  readonly active?: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_DAYS)
  readonly locked?: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_DAYS)
  readonly closed?: number | null;
}
