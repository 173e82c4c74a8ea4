import { IsIn } from 'class-validator';
import { RangeFields } from '../range.js';
import type { UsageGroup } from './usage-reader.port.js';

/** Which answers are counted, and how. */
export class UsageFields extends RangeFields {
  @IsIn(['day', 'user', 'model'])
  readonly groupBy: UsageGroup = 'day';
}
