import { IsText, MayBeAbsent } from '../../chatkit/index.js';

/** Characters of the name of a tenant or a user. */
const MAX_NAME = 256;

/** Who is erased. */
export class ErasureFields {
  /** A user. Default: the whole tenant. */
  @MayBeAbsent()
  @IsText({ max: MAX_NAME })
  readonly user_id?: string;

  /** The name of the tenant once more, where it is erased while it is not suspended. */
  @MayBeAbsent()
  @IsText({ max: MAX_NAME })
  readonly confirm?: string;
}
