import type { RequestContext } from '../../auth/context/request-context.js';

/** Longest instructions of an organisation, in UTF-16 units. */
export const MAX_INSTRUCTIONS = 8000;

/**
 * Tells what an organisation's administrators ask of the assistant. Any provider of the application under the
 * token `CHATKIT_TENANT_INSTRUCTIONS`.
 */
export interface TenantInstructions {
  /**
   * @param context who asks; its signal fires when the user leaves, or when it has taken too long
   * @returns undefined when there are none. Beyond 8,000 characters they are cut
   */
  instructions(context: RequestContext): Promise<string | undefined> | string | undefined;
}
