import type { RequestContext } from '../../auth/context/request-context.js';
import { cleanLine } from '../../model-text/data-text.js';

/** What is known of a user: names and plain values. */
export type Profile = Readonly<Record<string, string | number | boolean>>;

/**
 * Tells what the application knows of the user beyond the token, such as department or plan. Any provider of the
 * application under the token `CHATKIT_PROFILE_PROVIDER`.
 */
export interface ProfileProvider {
  /**
   * @param context who asks; its signal fires when the user leaves, or when it has taken too long
   * @returns undefined when nothing is known. Of more than 30 entries the first 30 are used
   */
  profile(context: RequestContext): Promise<Profile | undefined> | Profile | undefined;
}

const MAX_ENTRIES = 30;
const MAX_NAME = 60;
const MAX_VALUE = 500;

/** The profile as far as it can be shown to a model: cleaned, bounded, nothing but plain values. */
export function boundedProfile(given: Readonly<Record<string, unknown>>): Profile {
  const entries = Object.entries(given)
    .slice(0, MAX_ENTRIES)
    .flatMap(([key, value]): [string, string | number | boolean][] => {
      const name = cleanLine(key, MAX_NAME).replaceAll(/[<>:]/g, '');
      if (name === '') return [];
      if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
        return [[name, value]];
      }
      const text = typeof value === 'string' ? cleanLine(value, MAX_VALUE) : '';
      return text === '' ? [] : [[name, text]];
    });
  return Object.fromEntries(entries);
}
