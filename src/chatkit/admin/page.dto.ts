import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';

/** How much of a list an administrator asks for. */
export class PageLimit {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  readonly limit: number = 20;
}
