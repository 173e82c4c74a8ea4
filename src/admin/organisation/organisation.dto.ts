import { MAX_INSTRUCTIONS } from '../../agents/context/tenant-instructions.js';
import { IsText } from '../../chatkit/index.js';

/** What an administrator sets for the organisation. */
export class OrganisationFields {
  /** What the assistant is asked to do and to know; empty for nothing. */
  @IsText({ min: 0, max: MAX_INSTRUCTIONS })
  readonly instructions: string = '';
}
