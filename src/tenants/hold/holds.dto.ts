import { IsUUID } from 'class-validator';
import { IsText, MayBeAbsent } from '../../chatkit/index.js';
import { TenantParams } from '../routes/tenants.dto.js';

/** What is held. */
export class HoldFields {
  /** A user. Default: the whole tenant. */
  @MayBeAbsent()
  @IsText({ max: 256 })
  readonly user_id?: string;

  /** Why. */
  @IsText({ max: 1000 })
  readonly reason: string = '';
}

/** Which hold is meant. */
export class HoldParams extends TenantParams {
  @IsUUID()
  readonly hold_id: string = '';
}
