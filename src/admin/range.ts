import { IsOptional } from 'class-validator';
import { InvalidRequestError } from '../chatkit/core/index.js';
import { IsTime } from '../chatkit/index.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
const MAX_DAYS = 366;

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

/** @throws InvalidRequestError when it is none, or too long */
export function rangeOf(fields: RangeFields): { from: Date; to: Date } {
  const to = fields.to === undefined ? new Date() : new Date(fields.to);
  const from =
    fields.from === undefined ? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS) : new Date(fields.from);
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  if (!(days > 0)) throw new InvalidRequestError('from must be a time before to', 'from');
  if (days > MAX_DAYS)
    throw new InvalidRequestError(`from must be ${MAX_DAYS} days before to at most`, 'from');
  return { from, to };
}
